use super::super::model::Settings;
use crate::ui::{badge::Badge, field::Field, icon::Glyph};
use domain::brand::{Colour, Palette, TEXT};
use leptos::prelude::*;

/// The colour of the business, and what can be read in it.
pub(super) fn branding(model: &Settings) -> impl IntoView + use<> {
    let palette = Colour::parse(&model.colour).map(Palette::of);
    let preview = palette.map_or_else(
        || view! { <p class="muted">"At present pages are in the product's own colour."</p> }.into_any(),
        |palette| preview(&palette).into_any(),
    );
    view! {
        <form class="card form setup" id="branding" method="post" action="/settings/branding" novalidate aria-labelledby="branding-title">
            <input type="hidden" name="version" value=model.version/>
            <h2 id="branding-title" class="card-head">"Colour"</h2>
            <Field
                name="colour"
                label="Colour of buttons and links"
                hint="Six digits such as #3e63dd. Empty: the product's own. Text is made darker or lighter where it could not be read."
                value=model.colour.clone()
                error=model.sent.error("branding", "colour")
                autocomplete="off"
                optional=true
            />
            {preview}
            <div class="form-actions">
                <button class="btn" name="act" value="effect">"Preview"</button>
                <button class="btn" data-variant="primary" name="act" value="save">"Save colour"</button>
            </div>
        </form>
    }
}

fn preview(palette: &Palette) -> impl IntoView + use<> {
    let [button, light, dark] = palette.ratios();
    let ratio = |what: &'static str, ratio: f64| {
        // Cut, not rounded: 4.49 is not enough.
        let shown = format!("{:.1} to 1", (ratio * 10.0).floor() / 10.0);
        let (hue, glyph, word) =
            if ratio >= TEXT { ("grass", Glyph::Check, "can be read") } else { ("red", Glyph::Warning, "too weak") };
        view! { <li class="line"><span class="line-main">{what}</span><span class="l-cluster"><span class="tabular">{shown}</span><Badge hue glyph label=word/></span></li> }
    };
    let adjusted = (palette.light.text != palette.brand)
        .then(|| view! { <p class="field-hint">{format!("As text on a light page this colour would be too weak, so {} stands for it there.", palette.light.text)}</p> });
    let sample = |label: &'static str, style: String| {
        view! {
            <div class="brand-sample" style=style>
                <p>{label}</p>
                <p class="brand-link">"A link"</p>
                <span class="btn" data-variant="primary">"A button"</span>
                <p class="brand-soft">"A day with times"</p>
            </div>
        }
    };
    view! {
        <div class="brand-samples" role="img" aria-label="How buttons and links look on a light and on a dark page">
            {sample("Light", palette.sample(false))}
            {sample("Dark", palette.sample(true))}
        </div>
        <ul class="lines" role="list">
            {ratio("Text on a button", button)}
            {ratio("Links on a light page", light)}
            {ratio("Links on a dark page", dark)}
        </ul>
        {adjusted}
    }
}
