//! Addresses with a query: what a list's filters, orders and pages are kept in.

use std::fmt::Write;

/// An address that grows parameter by parameter; what is empty is left out, so that addresses stay short.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address(String);

impl Address {
    /// An address without parameters.
    pub fn new(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// Adds a parameter if it has a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            encode(value, &mut self.0);
        }
        self
    }

    /// The whole of it, fit for a link.
    pub fn build(self) -> String {
        self.0
    }
}

/// Writes everything but RFC 3986's unreserved characters as `%XX`: a plus would be read as a space.
fn encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn parameters_are_encoded_and_empty_ones_left_out() {
        let address = Address::new("/users").with("q", "ana+b@x & y").with("role", "").with("tenant", "é");
        assert_eq!(address.build(), "/users?q=ana%2Bb%40x%20%26%20y&tenant=%C3%A9");
    }
}
