//! Charts as the server draws them: bars with their labels beside them, so that there is no legend to look up. Positions
//! along the line are percent and heights are pixels, so a chart is as wide as its place and its text as large as all
//! other. Colours are those of the style sheet: they follow the theme, and hold in forced colours and on paper.

use leptos::prelude::*;

/// The longest label of a bar; the table has all of it.
const LONGEST: usize = 30;
/// How far the longest bar reaches, in percent: what it is worth stands behind it.
const REACH: u64 = 55;
const ROW: usize = 48;
/// The height of the tallest column, in pixels; above and below stand labels.
const TALLEST: u64 = 150;
const ABOVE: u64 = 22;
const BELOW: u64 = 26;
/// As many columns at most have their number above each.
const LABELLED: usize = 12;

/// One bar or column.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// What it is about.
    pub label: String,
    /// How long it is.
    pub value: u64,
    /// A second part behind it, such as what is expected on top of what was earned.
    pub second: u64,
    /// What it is worth, in words.
    pub text: String,
}

/// Bars below each other, each with its label above and what it is worth behind.
#[component]
pub fn Bars(
    /// Sets the ids apart from those of other charts on the page.
    id: &'static str,
    /// What it is: `How busy each person was`.
    title: String,
    /// The same in a sentence, with what is largest.
    desc: String,
    /// The bars.
    marks: Vec<Mark>,
    /// What the longest could be; none: the longest of these.
    #[prop(optional_no_strip)]
    most: Option<u64>,
) -> impl IntoView {
    let longest = marks.iter().map(|mark| mark.value + mark.second).max().unwrap_or(0);
    let most = most.unwrap_or(longest).max(longest).max(1);
    let height = marks.len() * ROW;
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named_by = format!("{title_id} {desc_id}");
    let rows = marks.into_iter().enumerate().map(|(at, mark)| {
        let top = at * ROW;
        let (first, second) = (permille(mark.value, most), permille(mark.second, most));
        let rest = (mark.second > 0).then(|| {
            view! { <rect class="chart-second" x=percent(first) y=top + 24 width=percent(second) height="14"></rect> }
        });
        view! {
            <text class="chart-label" x="0" y=top + 17>{shortened(&mark.label)}</text>
            <rect class="chart-track" x="0" y=top + 24 width=percent(REACH * 10) height="14"></rect>
            <rect class="chart-bar" x="0" y=top + 24 width=percent(first) height="14"></rect>
            {rest}
            <text class="chart-value" x=percent(REACH * 10) dx="8" y=top + 36>{mark.text}</text>
        }
    });
    let rows = rows.collect_view();
    view! {
        <svg class="chart" role="img" aria-labelledby=named_by width="100%" height=height>
            <title id=title_id>{title}</title><desc id=desc_id>{desc}</desc>
            {rows}
        </svg>
    }
}

/// Columns beside each other, in the order of time: the first, the last and the tallest are named.
#[component]
pub fn Columns(
    /// Sets the ids apart from those of other charts on the page.
    id: &'static str,
    /// What it is: `Bookings a day`.
    title: String,
    /// The same in a sentence, with what is tallest.
    desc: String,
    /// The columns.
    marks: Vec<Mark>,
) -> impl IntoView {
    let most = marks.iter().map(|mark| mark.value).max().unwrap_or(0).max(1);
    let tallest = marks.iter().position(|mark| mark.value == most);
    let count = marks.len().max(1);
    // In tenths of a percent; what is left of each place is the space to the next.
    let place = |at: usize| u64::try_from(at * 1000 / count).unwrap_or(0);
    let ends = [0, count - 1].map(|at| marks.get(at).map(|mark| mark.label.clone()).unwrap_or_default());
    let [first, last] = ends;
    let is_one = count == 1;
    let columns = marks.into_iter().enumerate().map(|(at, mark)| {
        let (left, wide) = (place(at), place(at + 1) - place(at));
        let tall = mark.value * TALLEST / most;
        let top = ABOVE + TALLEST - tall;
        let is_named = mark.value > 0 && (count <= LABELLED || tallest == Some(at));
        // A label at the edge would be cut off in the middle.
        let (middle, anchor) = match left + wide / 2 {
            middle if middle < 60 => (left, "start"),
            middle if middle > 940 => (left + wide, "end"),
            middle => (middle, "middle"),
        };
        let named = is_named.then(|| {
            view! { <text class="chart-value" x=percent(middle) y=top - 6 text-anchor=anchor>{mark.value}</text> }
        });
        view! {
            <rect class="chart-bar" x=percent(left + wide / 10) y=top width=percent(wide - wide / 5) height=tall><title>{format!("{}: {}", mark.label, mark.text)}</title></rect>
            {named}
        }
    });
    let columns = columns.collect_view();
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named_by = format!("{title_id} {desc_id}");
    let (base, height) = (ABOVE + TALLEST, ABOVE + TALLEST + BELOW);
    let last =
        (!is_one).then(|| view! { <text class="chart-label" x="100%" y=base + 19 text-anchor="end">{last}</text> });
    view! {
        <svg class="chart" role="img" aria-labelledby=named_by width="100%" height=height>
            <title id=title_id>{title}</title><desc id=desc_id>{desc}</desc>
            {columns}
            <line class="chart-base" x1="0" x2="100%" y1=base y2=base></line>
            <text class="chart-label" x="0" y=base + 19>{first}</text>
            {last}
        </svg>
    }
}

/// How long a bar is, in tenths of a percent of the drawing. What is not nothing can be seen.
fn permille(value: u64, most: u64) -> u64 {
    let part = u64::try_from(u128::from(value) * u128::from(REACH * 10) / u128::from(most)).unwrap_or(REACH * 10);
    if value > 0 { part.max(3) } else { 0 }
}

fn percent(permille: u64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

fn shortened(label: &str) -> String {
    match label.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", label.get(..end).unwrap_or_default().trim_end()),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_stay_within_the_drawing() {
        for (value, most, shown) in [
            (0, 10, "0.0%"),
            (10, 10, "55.0%"),
            (5, 10, "27.5%"),
            (1, 1_000_000, "0.3%"),
            (u64::MAX, u64::MAX, "55.0%"),
        ] {
            assert_eq!(percent(permille(value, most)), shown, "{value} of {most}");
        }
        assert_eq!(shortened("Colour and cut"), "Colour and cut");
        assert_eq!(shortened(&"\u{e4}".repeat(31)), format!("{}\u{2026}", "\u{e4}".repeat(30)));
    }
}
