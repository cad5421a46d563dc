//! The program itself as a process: what only a real one shows, such as being killed.

use super::World;
use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Runs a command of the program on the world's database. Tells whether it went well, and what it said.
pub async fn command(world: &World, arguments: &[&str], input: &str) -> (bool, String) {
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_smoothschedule"))
        .args(arguments)
        .env_clear()
        .current_dir(std::env::temp_dir())
        .env("DATABASE_URL", super::db::url_of(world.config.owner.get_database().unwrap()))
        .env("SECRET_KEY", super::db::SECRET)
        .env("BASE_DOMAIN", "localhost:3000")
        .env("DEBUG", "1")
        .env("LOG_DIR", &world.config.logs)
        .env("LOG", "error")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
    let output = child.wait_with_output().await.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// A running `smoothschedule serve`. Killed when dropped.
pub struct Node {
    child: Child,
    pub port: u16,
}

impl Node {
    /// Starts one on the world's database and waits until it answers.
    pub async fn start(world: &World, debug: bool) -> Self {
        Self::start_with(world, debug, &[]).await
    }

    /// The same, with more settings.
    pub async fn start_with(world: &World, debug: bool, settings: &[(&str, &str)]) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(env!("CARGO_BIN_EXE_smoothschedule"))
            .arg("serve")
            .env_clear()
            .current_dir(std::env::temp_dir())
            .env("DATABASE_URL", super::db::url_of(world.config.owner.get_database().unwrap()))
            .env("SECRET_KEY", super::db::SECRET)
            .env("BASE_DOMAIN", "localhost:3000")
            .env("DEBUG", if debug { "1" } else { "0" })
            .env("LISTEN", format!("127.0.0.1:{port}"))
            .env("LOG_DIR", &world.config.logs)
            .env("DATABASE_POOL", "4")
            .env("LOG", "warn")
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let node = Self { child, port };
        for _ in 0..1200 {
            if node.ask("GET", "localhost:3000", "/readyz", "", "").await.is_some_and(|(status, _)| status == 200) {
                return node;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not answer");
    }

    /// A request on a connection of its own: status and everything that came back. None if the server went away meanwhile.
    pub async fn ask(&self, method: &str, host: &str, path: &str, cookie: &str, body: &str) -> Option<(u16, String)> {
        Self::ask_at(self.port, method, host, path, cookie, body).await
    }

    /// The same of whoever listens there now.
    pub async fn ask_at(
        port: u16,
        method: &str,
        host: &str,
        path: &str,
        cookie: &str,
        body: &str,
    ) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut text = Vec::new();
        stream.read_to_end(&mut text).await.ok()?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let status = text.split(' ').nth(1)?.parse().ok()?;
        Some((status, text))
    }

    /// SIGKILL: nothing is brought to an end.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A running `smoothschedule worker`. Killed when dropped.
pub struct Worker(Child);

impl Worker {
    /// Starts one on the world's database.
    pub fn start(world: &World, settings: &[(&str, &str)]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_smoothschedule"))
            .arg("worker")
            .env_clear()
            .current_dir(std::env::temp_dir())
            .env("DATABASE_URL", super::db::url_of(world.config.owner.get_database().unwrap()))
            .env("SECRET_KEY", super::db::SECRET)
            .env("BASE_DOMAIN", "localhost:3000")
            .env("DEBUG", "1")
            .env("LOG_DIR", &world.config.logs)
            .env("LOG", "error")
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
