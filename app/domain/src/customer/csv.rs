//! Tables as files (RFC 4180), as spreadsheets really write them: with commas, semicolons or tabs, with or without a mark
//! of their encoding, with line ends inside of quotes.

/// Why a file cannot be read at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// There is nothing in it but, perhaps, a heading.
    Empty,
    /// Its letters are in another encoding than UTF-8.
    NotUtf8,
    /// It is no text: a spreadsheet's own format, or a picture.
    NotText,
    /// A quote begins in this line and never ends.
    OpenQuote(usize),
    /// More rows than are taken at once.
    TooManyRows(usize),
    /// No column is headed by a name.
    NoName,
    /// No column is headed by an address or a number.
    NoContact,
}

impl Unreadable {
    /// What to do about it.
    pub fn message(self) -> String {
        match self {
            Self::Empty => "There are no customers in this file: put the names of the columns into the first line, and a customer into each line below".into(),
            Self::NotUtf8 => "This file's letters are not in UTF-8, so names with accents would be broken: save it as \"CSV UTF-8\" and try again".into(),
            Self::NotText => "This is not a CSV file: in your spreadsheet, choose \"Save as\" and then \"CSV UTF-8\"".into(),
            Self::OpenQuote(line) => format!("A quotation mark begins in line {line} and is never closed: close it, or take it out"),
            Self::TooManyRows(most) => format!("There are more than {most} customers in this file: split it, and import one part after the other"),
            Self::NoName => "No column is called \"name\": put the names of the columns into the first line, such as name, email, phone, notes".into(),
            Self::NoContact => "No column is called \"email\" or \"phone\": put the names of the columns into the first line, such as name, email, phone, notes".into(),
        }
    }
}

/// The text of a file.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Marks of UTF-16, which some programs call Unicode; nothing that is text has a zero in it.
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Unreadable::NotUtf8);
    }
    if bytes.contains(&0) {
        return Err(Unreadable::NotText);
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::NotUtf8)
}

/// A row, and the line of the file that it begins in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// From 1 on.
    pub line: usize,
    /// Its fields, without quotes.
    pub fields: Vec<String>,
}

/// The rows of a table; lines with nothing in them are left out.
pub fn records(text: &str) -> Result<Vec<Record>, Unreadable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { separator: separator(text), ..Reader::default() };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_line_end = c == '\n' || (c == '\r' && chars.peek() != Some(&'\n'));
        match (reader.quote, c) {
            (Quote::Open(_), '"') => reader.quote = Quote::Met,
            (Quote::Open(_), c) => reader.field.push(c),
            // Two quotes within quotes are one.
            (Quote::Met, '"') => {
                reader.field.push('"');
                reader.quote = Quote::Open(reader.line);
            }
            (_, c) if c == reader.separator => reader.end_field(),
            (_, '\r' | '\n') if is_line_end => reader.end_record(),
            (_, '\r') => {}
            (Quote::None, '"') if reader.field.trim().is_empty() => {
                reader.field.clear();
                reader.quote = Quote::Open(reader.line);
            }
            (_, c) => reader.field.push(c),
        }
        if is_line_end {
            reader.line += 1;
            if reader.is_between() {
                reader.begin = reader.line;
            }
        }
    }
    if let Quote::Open(line) = reader.quote {
        return Err(Unreadable::OpenQuote(line));
    }
    reader.end_record();
    Ok(reader.records)
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Quote {
    #[default]
    None,
    /// Since this line.
    Open(usize),
    /// A quote was met within quotes: their end, or the first of two.
    Met,
}

struct Reader {
    separator: char,
    records: Vec<Record>,
    fields: Vec<String>,
    field: String,
    quote: Quote,
    line: usize,
    begin: usize,
}

impl Default for Reader {
    fn default() -> Self {
        let (fields, field) = (Vec::new(), String::new());
        Self { separator: ',', records: Vec::new(), fields, field, quote: Quote::None, line: 1, begin: 1 }
    }
}

impl Reader {
    fn end_field(&mut self) {
        self.fields.push(std::mem::take(&mut self.field));
        self.quote = Quote::None;
    }

    fn end_record(&mut self) {
        self.end_field();
        let fields = std::mem::take(&mut self.fields);
        if fields.iter().any(|field| !field.trim().is_empty()) {
            self.records.push(Record { line: self.begin, fields });
        }
    }

    fn is_between(&self) -> bool {
        self.fields.is_empty() && self.field.is_empty() && self.quote == Quote::None
    }
}

/// What the heading is cut at: whichever of the three stands there most often, outside of quotes.
fn separator(text: &str) -> char {
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    let mut is_quoted = false;
    for c in text.trim_start().chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\r' | '\n' if !is_quoted => break,
            c if !is_quoted => {
                for (separator, count) in &mut counts {
                    *count += usize::from(*separator == c);
                }
            }
            _ => {}
        }
    }
    // The comma wins where all are equal.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(separator, _)| *separator)
}

/// Takes off what an export puts before a cell so that no spreadsheet takes it for a formula.
pub fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => field,
    }
}
