//! What has to be done without being asked: log files, letters, and whatever is over.
//!
//! Any number of nodes may do it at once: each piece of work is taken from the database with a lock that others skip.

use crate::{access, audit, identity, live, mail, platform, state::App};
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle, time::timeout};

/// Work in the background, until it is told to finish.
pub struct Jobs {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Jobs {
    /// Lets what is under way come to its end, for a few seconds at most.
    pub async fn finish(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = timeout(Duration::from_secs(5), task).await;
        }
    }
}

/// Begins the work.
pub fn start(app: App) -> Jobs {
    let (stop, stopped) = watch::channel(false);
    let mut tasks = Vec::new();
    let files = (app.clone(), stopped.clone());
    tasks.push(tokio::spawn(async move {
        let (app, mut stopped) = files;
        loop {
            // A last time after the stop: nothing that was done is left out of the files.
            let is_last = *stopped.borrow();
            note("log files", audit::project::project(&app.db, &app.config.logs).await);
            if is_last {
                return;
            }
            tokio::select! {
                () = app.db.logged().notified() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                _ = stopped.changed() => {}
            }
        }
    }));
    tasks.push(every(&app, &stopped, 2, |app| async move {
        note("masquerades", access::masquerade::end_past(&app).await.map_err(|e| anyhow::anyhow!("{e}")));
    }));
    // Letters have turns of their own: a mail server that is slow holds up nothing else, and one letter not all others.
    for _ in 0..(app.config.pool_size / 4).clamp(1, 4) {
        let stopping = stopped.clone();
        tasks.push(every(&app, &stopped, 2, move |app| {
            let stopping = stopping.clone();
            async move { note("letters", mail::deliver(&app, || *stopping.borrow()).await) }
        }));
    }
    tasks.push(every(&app, &stopped, 60, |app| async move {
        note(
            "anchors",
            audit::anchor::set(&app.db, &app.config.logs, &app.config.secret, app.config.clock.now()).await,
        );
        note("demos", platform::sweep_demos(&app).await.map_err(|e| anyhow::anyhow!("{e}")));
        note("sweep", identity::sweep(&app).await.map_err(|e| anyhow::anyhow!("{e}")));
        note("old letters", mail::sweep(&app).await);
        note("old changes", live::sweep(&app).await.map_err(|e| anyhow::anyhow!("{e}")));
        note("counts", platform::renew_counts(&app).await.map_err(|e| anyhow::anyhow!("{e}")));
    }));
    Jobs { stop, tasks }
}

fn every<F, Fut>(app: &App, stopped: &watch::Receiver<bool>, seconds: u64, work: F) -> JoinHandle<()>
where
    F: Fn(App) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let (app, mut stopped) = (app.clone(), stopped.clone());
    tokio::spawn(async move {
        while !*stopped.borrow() {
            work(app.clone()).await;
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
                _ = stopped.changed() => {}
            }
        }
    })
}

/// What fails is tried again at the next turn.
fn note<T>(what: &str, result: anyhow::Result<T>) {
    if let Err(error) = result {
        tracing::warn!(error = %format!("{error:#}"), job = what, "a job failed and will be tried again");
    }
}
