//! The host of a request, read once and in one way.

use http::{HeaderMap, Uri, header};

/// A host name in its one form: lower case, no port, no dot at the end.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CanonicalHost(String);

/// A host that no client in good order sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed(pub &'static str);

impl CanonicalHost {
    /// The host of a request: exactly one `Host` header, and where the request line names an authority, the same.
    /// Headers that proxies add are not read at all: they would let anybody choose a tenant.
    pub fn of(headers: &HeaderMap, uri: &Uri) -> Result<Self, Malformed> {
        let mut values = headers.get_all(header::HOST).iter();
        let named = match (values.next(), values.next()) {
            (Some(_), Some(_)) => return Err(Malformed("it names more than one host")),
            (Some(value), None) => {
                Some(Self::parse(value.to_str().map_err(|_| Malformed("its host is not plain text"))?)?)
            }
            (None, _) => None,
        };
        let asked = uri.authority().map(|authority| Self::parse(authority.as_str())).transpose()?;
        match (named, asked) {
            (Some(named), Some(asked)) if named != asked => Err(Malformed("it names two different hosts")),
            (Some(host), _) | (None, Some(host)) => Ok(host),
            (None, None) => Err(Malformed("it names no host")),
        }
    }

    /// Reads `name[:port]`. Letters, digits, hyphens and dots only; international names come as `xn--…`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let name = match text.rsplit_once(':') {
            Some((name, port)) => {
                let is_port = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
                if !is_port || port.parse::<u16>().is_err() {
                    return Err(Malformed("its port is not a number"));
                }
                name
            }
            None => text,
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        if name.is_empty() || name.len() > 253 {
            return Err(Malformed("its host is empty or too long"));
        }
        let label_is_fine = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if !name.split('.').all(label_is_fine) {
            return Err(Malformed("its host has characters that no host has"));
        }
        Ok(Self(name.to_ascii_lowercase()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(hosts: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().expect("a header value"));
        }
        headers.append("x-forwarded-host", "evil.example".parse().expect("a header value"));
        headers.append("forwarded", "host=evil.example".parse().expect("a header value"));
        headers
    }

    fn of(hosts: &[&str], uri: &str) -> Result<String, Malformed> {
        CanonicalHost::of(&headers(hosts), &uri.parse().expect("a uri")).map(|h| h.0)
    }

    #[test]
    fn one_form() {
        for text in ["demo.localhost", "DEMO.localhost:3000", "demo.localhost.", "demo.localhost.:80"] {
            assert_eq!(of(&[text], "/"), Ok("demo.localhost".into()), "{text}");
        }
        assert_eq!(of(&["demo.localhost"], "http://demo.localhost/"), Ok("demo.localhost".into()));
        assert_eq!(of(&[], "http://demo.localhost/"), Ok("demo.localhost".into()));
    }

    #[test]
    fn malformed() {
        let long = format!("{}.com", "a".repeat(64));
        let longer = ["abcdefghi."; 26].concat();
        for text in [
            "",
            ".",
            "a..b",
            "-a.com",
            "a-.com",
            "user@a.com",
            "a.com:",
            "a.com:x",
            "a.com:99999",
            "a b",
            "a/b",
            "a_b.com",
            "[::1]",
            "a.com:80:80",
            "münchen.de",
            &long,
            &longer,
        ] {
            assert!(CanonicalHost::parse(text).is_err(), "{text:?} was taken");
        }
        assert!(of(&["a.com", "a.com"], "/").is_err());
        assert!(of(&["a.com"], "http://b.com/").is_err());
        assert!(of(&[], "/").is_err());
    }
}
