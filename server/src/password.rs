//! Passwords: argon2id behind a queue of bounded length, so that a flood of sign-ins costs bounded memory and time.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::Semaphore;

/// Hashes and checks passwords, a few at a time.
#[derive(Clone)]
pub struct Passwords {
    at_work: Arc<Semaphore>,
    queued: Arc<AtomicUsize>,
    longest_queue: usize,
    /// The hash of no password: an unknown address costs the same time as a known one.
    nobody: Arc<str>,
}

/// The queue is full; try again shortly.
#[derive(Debug, PartialEq, Eq)]
pub struct Busy;

impl Passwords {
    /// At most `parallel` at work (19 MiB each, argon2's default), at most `longest_queue` waiting.
    pub fn new(parallel: usize, longest_queue: usize) -> anyhow::Result<Self> {
        let nobody = hash_now("no password has this hash")?;
        Ok(Self {
            at_work: Arc::new(Semaphore::new(parallel)),
            queued: Arc::default(),
            longest_queue,
            nobody: nobody.into(),
        })
    }

    /// Whether the password is the one behind `hash`. `None` stands for an unknown address: never right, as slow.
    pub async fn check(&self, password: String, hash: Option<String>) -> Result<bool, Busy> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        let right = self
            .in_turn(move || {
                PasswordHash::new(&hash)
                    .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
            })
            .await?;
        Ok(right && is_known)
    }

    /// Hashes a new password, in its turn.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        self.in_turn(move || hash_now(&password)).await?.map_err(|_| Busy)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let place = Place::take(&self.queued, self.longest_queue).ok_or(Busy)?;
        let permit = self.at_work.clone().acquire_owned().await.map_err(|_| Busy)?;
        drop(place);
        // The permit goes along: work on a blocking thread ends only when it is done, even if nobody waits for it.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(|_| Busy)
    }
}

/// A place in the queue, given back when dropped, whatever becomes of the request.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(queued: &Arc<AtomicUsize>, longest: usize) -> Option<Self> {
        let place = Self(queued.clone());
        (queued.fetch_add(1, Ordering::AcqRel) < longest).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Hashes a password at once, for the command line and for seeds.
pub fn hash_now(password: &str) -> anyhow::Result<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("the password cannot be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn right_wrong_and_unknown() {
        let passwords = Passwords::new(1, 4).expect("passwords");
        let hash = hash_now("correct horse").expect("hash");
        assert_eq!(passwords.check("correct horse".into(), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.check("wrong horse".into(), Some(hash)).await, Ok(false));
        assert_eq!(passwords.check("no password has this hash".into(), None).await, Ok(false));
    }

    #[tokio::test]
    async fn a_full_queue_says_so_and_recovers() {
        let passwords = Passwords::new(1, 2).expect("passwords");
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { passwords.check("x".into(), None).await })
            })
            .collect();
        let mut busy = 0;
        for one in tries {
            busy += usize::from(one.await.expect("joined") == Err(Busy));
        }
        assert!(busy > 0, "a queue of two took twenty");
        assert_eq!(passwords.check("x".into(), None).await, Ok(false));
    }
}
