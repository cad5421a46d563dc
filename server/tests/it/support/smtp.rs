//! A mail server that keeps what it is given: a real conversation on a real socket.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A letter as it came in.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    /// Head and body, with the ends of lines as on the wire.
    pub text: String,
}

impl Mail {
    /// A field of the head, unfolded.
    pub fn header(&self, name: &str) -> String {
        let (head, _) = self.text.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut found =
            head.lines().filter_map(|line| line.split_once(": ")).filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.to_owned()).unwrap_or_default()
    }
}

/// The mail server. Refuses recipients that begin with `refused`, is slow with those that begin with `slow`.
pub struct Sink {
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
}

impl Sink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mails = Arc::<Mutex<Vec<Mail>>>::default();
        let kept = mails.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = kept.clone();
                // Whoever hangs up in the middle has handed over nothing.
                tokio::spawn(async move { talk(stream, &kept).await });
            }
        });
        Self { address, mails }
    }

    /// What `SMTP_URL` is set to.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, kept: &Mutex<Vec<Mail>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    say(&mut stream, "220 sink").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.trim_end().to_uppercase();
        if verb.starts_with("EHLO") {
            say(&mut stream, "250-sink\r\n250 8BITMIME").await?;
        } else if verb.starts_with("RCPT TO:") {
            to = line[8..].trim().trim_matches(['<', '>']).to_owned();
            match to.starts_with("refused") {
                true => say(&mut stream, "550 nobody here by that name").await?,
                false => say(&mut stream, "250 ok").await?,
            }
        } else if verb == "DATA" {
            say(&mut stream, "354 go on").await?;
            let mut text = String::new();
            loop {
                let mut line = String::new();
                if stream.read_line(&mut line).await? == 0 {
                    return Ok(());
                }
                if line == ".\r\n" {
                    break;
                }
                text.push_str(line.strip_prefix('.').unwrap_or(&line));
            }
            if to.starts_with("slow") {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
            kept.lock().unwrap().push(Mail { to: to.clone(), text });
            say(&mut stream, "250 kept").await?;
        } else if verb == "QUIT" {
            return say(&mut stream, "221 bye").await;
        } else {
            say(&mut stream, "250 ok").await?;
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await
}
