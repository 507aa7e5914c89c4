//! What words cost by the language that is served: a text takes more tokens in some languages than in
//! others, by the tokenizer.

use super::types::ServedCost;
use crate::catalogue::Range;
use crate::design::Workload;
use crate::quantity::{Money, Quantity, Ratio, TokenPrice};
use crate::reference::World;
use crate::written::{Write, quoted};

/// What a million words of a language cost.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct SpokenCost {
    /// Its key.
    pub language: String,
    /// Its name for people.
    pub name: String,
    /// It is the one that is served.
    pub served: bool,
    /// Tokens of a text as multiple of those of the same text in English.
    pub english: f64,
    /// Tokens of a word of everyday text.
    pub word: Range<f64>,
    /// A million words of prompts.
    pub read: Range<Money>,
    /// A million words of answers, without what prompts take.
    pub answered: Range<Money>,
}

/// The language that is served where none is stated.
const USUAL: &str = "english";

/// What words cost in each language that the model's tokenizer was measured in.
///
/// # Errors
/// What is not known: the tokenizer, or a language of that name.
pub(super) fn spoken(
    world: &World,
    workload: &Workload,
    cost: &ServedCost,
) -> Result<Vec<SpokenCost>, String> {
    let data = &world.inference.languages;
    let key = workload.serving.language.as_deref().unwrap_or(USUAL);
    if !data.names.contains_key(key) {
        let names = data.names.keys().map(String::as_str);
        let nearest = crate::nearest::nearest(key, names);
        let hint = nearest.map_or(String::new(), |name| {
            format!("; the nearest is {}", quoted(name))
        });
        return Err(format!(
            "serving.language: no tokens are known of {}{hint}",
            quoted(key)
        ));
    }
    let tokenizer = data.tokenizer(&workload.model);
    let tokenizer = tokenizer.ok_or("the tokenizer of this model was not measured")?;
    let table = tokenizer
        .spoken
        .get()
        .ok_or("the tokens of this tokenizer")?;
    let everyday = data.everyday.known().map(|range| range.map(Ratio::get));
    let everyday = everyday.ok_or("inference.languages.everyday")?;
    let one = |(language, spoken): (&String, &crate::catalogue::Spoken)| {
        let word = everyday.map(|share| spoken.word * share);
        let words = |price: Range<TokenPrice>| {
            price.zip(word, |price, word| Money::new(price.base() * word))
        };
        SpokenCost {
            name: data.names.get(language).unwrap_or(language).clone(),
            served: language == key,
            language: language.clone(),
            english: spoken.english,
            word,
            read: words(cost.million_read),
            answered: words(cost.million_answered),
        }
    };
    let mut all: Vec<SpokenCost> = table.iter().map(one).collect();
    all.sort_by(|a, b| a.english.total_cmp(&b.english));
    Ok(all)
}
