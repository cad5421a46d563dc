//! From a row to a message: text, HTML and calendar, each for those who can show it.

use super::store::DueRow;
use anyhow::{Context, Result};
use domain::letter::one_line;
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

/// The name of the calendar file that goes along.
pub(super) const CALENDAR_FILE: &str = "appointment.ics";

/// Puts a letter together. An error is the letter's own fault: no later try would mend it.
///
/// The Message-ID is the row's: should a letter be handed over twice, since a worker died between the mail server's yes
/// and our note of it, those who receive it can tell that it is one.
pub(super) fn build(row: &DueRow, from: &Address, domain: &str) -> Result<Message> {
    // The business's name, the installation's address: what the recipient knows, from where we may send.
    let name = one_line(row.tenant.as_deref().unwrap_or("SmoothSchedule"));
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{domain}>", row.id)))
        .from(Mailbox::new(Some(name), from.clone()))
        .to(Mailbox::new(None, address(&row.recipient).context("this is no address that can be written to")?))
        .subject(one_line(&row.subject))
        // Nobody's absence is to be reported back to a program (RFC 3834).
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()));
    // An address for answers that cannot be read is the business's slip, and no reason to keep its customers waiting.
    if let Some(reply_to) = row.reply_to.as_deref().and_then(|text| address(text).ok()) {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    if let Some(appointment) = row.appointment_id {
        // What is written about one booking stands together.
        builder = builder.references(format!("<{appointment}.booking@{domain}>"));
    }
    let Some(html) = &row.html else {
        return Ok(builder.header(ContentType::TEXT_PLAIN).body(row.body.clone())?);
    };
    let alternatives = MultiPart::alternative_plain_html(row.body.clone(), html.clone());
    let (Some(calendar), Some(method)) = (&row.calendar, &row.calendar_method) else {
        return Ok(builder.multipart(alternatives)?);
    };
    // Twice: as a part that programs with a calendar act on, and as a file for those without.
    let inline = ContentType::parse(&format!("text/calendar; method={method}; charset=utf-8"))?;
    let alternatives = alternatives.singlepart(SinglePart::builder().header(inline).body(calendar.clone()));
    let file = Attachment::new(CALENDAR_FILE.to_owned()).body(calendar.clone(), ContentType::parse("application/ics")?);
    Ok(builder.multipart(MultiPart::mixed().multipart(alternatives).singlepart(file))?)
}

/// An address as the wire takes it: the host in ASCII, whatever script it was typed in.
fn address(text: &str) -> Result<Address> {
    let (user, host) = text.trim().rsplit_once('@').context("there is no @ in it")?;
    anyhow::ensure!(text.len() <= 254, "it is longer than addresses can be");
    let host = url::Host::parse(host).map_err(|_| anyhow::anyhow!("its host is none"))?.to_string();
    Ok(Address::new(user, host)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn row() -> DueRow {
        DueRow {
            id: Uuid::from_u128(1),
            tenant_id: Some(Uuid::from_u128(2)),
            tenant: Some("Salon Aurora".into()),
            kind: "BOOKED".into(),
            appointment_id: Some(Uuid::from_u128(3)),
            version: Some(1),
            recipient: "maria@example.com".into(),
            reply_to: Some("hello@aurora.example".into()),
            subject: "You are booked: Schnitt für Ältere".into(),
            body: "Hello Maria,\n.\nbye\n".into(),
            html: Some("<p>Hello</p>".into()),
            calendar: Some("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".into()),
            calendar_method: Some("REQUEST".into()),
            attempts: 0,
            is_late: false,
            is_overtaken: false,
        }
    }

    fn text(row: &DueRow) -> String {
        let from = "no-reply@example.com".parse().expect("an address");
        String::from_utf8(build(row, &from, "example.com").expect("a message").formatted()).expect("text")
    }

    #[test]
    fn each_part_for_those_who_can_show_it() {
        let text = text(&row());
        for part in [
            "Message-ID: <00000000-0000-0000-0000-000000000001@example.com>",
            "From: \"Salon Aurora\" <no-reply@example.com>",
            "Reply-To: hello@aurora.example",
            "Auto-Submitted: auto-generated",
            "References: <00000000-0000-0000-0000-000000000003.booking@example.com>",
            "multipart/mixed",
            "multipart/alternative",
            "text/calendar; method=REQUEST; charset=utf-8",
            "filename=\"appointment.ics\"",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        let plain = super::tests::text(&DueRow { html: None, ..row() });
        assert!(!plain.contains("multipart") && plain.contains("text/plain"), "{plain}");
        let calm = super::tests::text(&DueRow { calendar: None, calendar_method: None, ..row() });
        assert!(!calm.contains("text/calendar") && calm.contains("text/html"), "{calm}");
    }

    #[test]
    fn no_value_becomes_a_header() {
        let evil = "Salon\r\nBcc: all@example.com\r\n\r\nbody \u{0}";
        let text =
            text(&DueRow { tenant: Some(evil.into()), subject: evil.into(), reply_to: Some(evil.into()), ..row() });
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.lines().all(|line| !line.to_lowercase().starts_with("bcc")), "{head}");
        assert!(!head.contains("Reply-To"), "{head}");
        for recipient in
            ["a@example.com\r\nRCPT TO:<b@example.com>", "a b@example.com", "nobody", "@", "", "a@b@c", "a@"]
        {
            let from = "no-reply@example.com".parse().expect("an address");
            assert!(build(&DueRow { recipient: recipient.into(), ..row() }, &from, "x").is_err(), "{recipient:?}");
        }
        let long = format!("{}@example.com", "a".repeat(310));
        assert!(address(&long).is_err());
        assert_eq!(address("o'brien@Exämple.de").expect("an address").to_string(), "o'brien@xn--exmple-cua.de");
    }
}
