//! The blocks of a letter as plain text, and as HTML that mail programs show: no tables, no style sheet, no pictures.

use super::{Block, Sender, colour};
use std::fmt::Write;

pub(super) fn text(blocks: &[Block]) -> String {
    let mut parts = Vec::with_capacity(blocks.len());
    for block in blocks {
        parts.push(match block {
            Block::Words(words) => words.clone(),
            Block::Facts(rows) => {
                rows.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("\n")
            }
            Block::Link { label, url, note } => format!("{label}:\n{url}\n{note}"),
            Block::Sender(lines) => lines.join("\n"),
            Block::Small(words) => format!("--\n{words}"),
        });
    }
    parts.join("\n\n") + "\n"
}

const BODY: &str = "margin:0;padding:0;background:#ffffff;color:#1c2024;\
                    font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5";

pub(super) fn html(heading: &str, sender: &Sender, blocks: &[Block]) -> String {
    let (ground, ink) = colour::button(sender.colour.as_deref());
    let mut page = String::with_capacity(4096);
    let name = escape(&sender.name);
    // Writing to a string does not fail.
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light\">\n<title>{heading}</title>\n</head>\n<body style=\"{BODY}\">\n\
         <div style=\"max-width:560px;margin:0 auto;padding:24px 20px 40px;overflow-wrap:anywhere\">\n\
         <p style=\"margin:0 0 24px;padding:0 0 12px;border-bottom:3px solid {ground};font-weight:600\">{name}</p>\n\
         <h1 style=\"margin:0 0 16px;font-size:24px;line-height:1.25\">{heading}</h1>\n"
    );
    for block in blocks {
        let _ = match block {
            Block::Words(words) => writeln!(page, "<p style=\"margin:0 0 16px\">{}</p>", escape(words)),
            Block::Facts(rows) => {
                let rows: String = rows
                    .iter()
                    .map(|(label, value)| {
                        format!(
                            "<dt style=\"color:#60646c;font-size:14px\">{label}</dt>\n<dd style=\"margin:0 0 10px\">{}</dd>\n",
                            escape(value)
                        )
                    })
                    .collect();
                writeln!(
                    page,
                    "<dl style=\"margin:0 0 16px;padding:16px 20px 6px;background:#f0f0f3;border-radius:8px\">\n{rows}</dl>"
                )
            }
            Block::Link { label, url, note } => writeln!(
                page,
                "<p style=\"margin:24px 0 8px\"><a href=\"{}\" style=\"display:inline-block;padding:12px 20px;\
                 border-radius:8px;background:{ground};color:{ink};text-decoration:none;font-weight:600\">{label}</a></p>\n\
                 <p style=\"margin:0 0 24px;color:#60646c;font-size:14px\">{note}</p>",
                escape(url)
            ),
            Block::Sender(lines) => {
                let lines = lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>\n");
                writeln!(page, "<p style=\"margin:0 0 24px\">{lines}</p>")
            }
            Block::Small(words) => writeln!(
                page,
                "<p style=\"margin:0;padding:12px 0 0;border-top:1px solid #d9d9e0;color:#60646c;font-size:14px\">{}</p>",
                escape(words)
            ),
        };
    }
    page.push_str("</div>\n</body>\n</html>\n");
    page
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
