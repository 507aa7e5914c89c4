//! A document of its own beside the app: every rule and every requirement, with its text, its
//! evidence and an example, each at an address that lasts. It needs no program.

use crate::site::Files;
use crate::{digest, policy};
use plumbline_engine::check::{in_words, rules};
use plumbline_engine::derive::facts;
use plumbline_engine::reference::{Reference, Requirement, Strength, Test, World};
use plumbline_engine::table::Table;
use plumbline_engine::world;

/// Its name within the site.
pub(crate) const NAME: &str = "handbook.html";

/// The document, in the style of the finished site.
pub(crate) fn page(files: &Files, public_url: &str) -> String {
    let world = world();
    let by_id = by_id(&world);
    let mut out = head(files, public_url);
    out += &format!(
        "<main class=\"handbook\"><h1>Rules and requirements</h1>\
         <p class=\"page-lead\">All {} rules and {} requirements of {} references that designs are checked against: what each \
         demands, why, how it is checked, where it stands. Data of {}, revision {}.</p>",
        rules().len(),
        by_id.len(),
        world.references.len(),
        text(&world.as_of),
        text(&world.revision),
    );
    out += "<nav aria-label=\"Contents\"><ul class=\"handbook-contents\">\
            <li><a href=\"#rules\">Rules</a></li><li><a href=\"#requirements\">Requirements</a></li>\
            <li><a href=\"#facts\">Facts that requirements compare</a></li></ul></nav>";
    out +=
        "<section id=\"rules\"><h2>Rules</h2><p>They hold for any design, whatever it claims.</p>";
    for rule in rules() {
        let meta = rule.meta();
        out += &format!(
            "<article class=\"requirement\" id=\"{0}\"><h3><a href=\"#{0}\">{0}</a> {1} <span class=\"strength\">{2}</span></h3>\
             <p class=\"requirement-statement\">{3}</p><dl class=\"rule-page\">{4}</dl></article>",
            meta.code,
            text(&meta.name.replace('_', " ")),
            meta.severity,
            text(meta.statement),
            sections(meta.page),
        );
    }
    out += "</section><section id=\"requirements\"><h2>Requirements</h2><p>Each is a demand of the documents that carry it. \
            How grave it is to depart from one depends on the document that a design claims to follow.</p>";
    for (id, carried) in &by_id {
        out += &requirement(&world, id, carried);
    }
    out += "</section><section id=\"facts\"><h2>Facts</h2><table><thead><tr><th scope=\"col\">Name</th>\
            <th scope=\"col\">What it is</th><th scope=\"col\">Unit</th><th scope=\"col\">Decided by</th></tr></thead><tbody>";
    for fact in facts() {
        out += &format!(
            "<tr id=\"fact-{0}\"><th scope=\"row\"><code>{0}</code></th><td>{1}</td><td>{2}</td><td><code>{3}</code></td></tr>",
            text(fact.name),
            text(fact.what),
            text(fact.unit.symbol()),
            text(fact.subject),
        );
    }
    out + "</tbody></table></section></main></body></html>\n"
}

type Carried<'w> = Vec<(&'w Reference, &'w Requirement)>;

/// Every requirement with the references that carry it.
fn by_id(world: &World) -> Table<Carried<'_>> {
    let mut all: Table<Carried<'_>> = Table::new();
    for reference in world.references.values() {
        for requirement in &reference.requirements {
            match all.get_mut(&requirement.id) {
                Some(carried) => carried.push((reference, requirement)),
                None => drop(all.insert(requirement.id.clone(), vec![(reference, requirement)])),
            }
        }
    }
    all
}

fn requirement(world: &World, id: &str, carried: &Carried<'_>) -> String {
    let Some((_, first)) = carried.first() else {
        return String::new();
    };
    let mut out = format!(
        "<article class=\"requirement\" id=\"{0}\"><h3><a href=\"#{0}\">{0}</a> <span class=\"strength\">{1}</span></h3>\
         <p class=\"requirement-statement\">{2}</p><p>{3}</p>",
        text(id),
        strength(first.strength),
        text(&first.statement),
        text(&first.why),
    );
    out += &checked(first);
    out += "<table><thead><tr><th scope=\"col\">Carried by</th><th scope=\"col\">Strength</th><th scope=\"col\">Source</th>\
            <th scope=\"col\">Section</th><th scope=\"col\">Grade</th></tr></thead><tbody>";
    for (reference, own) in carried {
        let source = world.sources.get(&own.origin.source);
        let named = source.map_or(own.origin.source.clone(), |source| {
            format!("{}, {}, {}", source.publisher, source.title, source.date)
        });
        // Documents may put the same demand with figures of their own.
        let differs = own.statement != first.statement || own.test != first.test;
        let own_words = differs.then(|| format!("<p>{}</p>{}", text(&own.statement), checked(own)));
        out += &format!(
            "<tr><th scope=\"row\">{}{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            text(&reference.title),
            own_words.unwrap_or_default(),
            strength(own.strength),
            text(&named),
            text(&own.origin.section),
            own.origin.grade,
        );
    }
    out + "</tbody></table></article>"
}

/// How it is checked, with an example of what departs from it.
fn checked(requirement: &Requirement) -> String {
    let when = match requirement.when.as_slice() {
        [] => String::new(),
        when => format!(
            "<p class=\"muted\">Applies if {}.</p>",
            text(&in_words(when))
        ),
    };
    let (how, departs) = match &requirement.test {
        Test::Facts(comparisons) => {
            let each: Vec<String> = comparisons
                .iter()
                .map(|one| in_words(std::slice::from_ref(one)))
                .collect();
            let departs = each
                .first()
                .map(|one| format!("A design of which it is not so that {one}."));
            (format!("Holds if {}.", each.join("; and ")), departs)
        }
        Test::Any(groups) => {
            let each: Vec<String> = groups.iter().map(|group| in_words(group)).collect();
            let how = format!("Holds if {}.", each.join("; or if "));
            (
                how,
                Some("A design of which none of these holds.".to_owned()),
            )
        }
        Test::Rule { rule, limits } => {
            let page = rules().iter().find(|known| known.meta().code == rule);
            let example = page.and_then(|rule| section(rule.meta().page, "Example"));
            let limits: Vec<String> = limits
                .iter()
                .map(|(name, value)| format!("{} {value}", name.replace(['-', '_'], " ")))
                .collect();
            let with = if limits.is_empty() { "" } else { ", with " };
            (
                format!("Computed by rule {rule}{with}{}.", limits.join(", ")),
                example,
            )
        }
    };
    let example =
        departs.map(|departs| format!("<p class=\"muted\">Example: {}</p>", text(&departs)));
    format!(
        "{when}<p class=\"requirement-test\">{}</p>{}",
        text(&how),
        example.unwrap_or_default()
    )
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "must",
        Strength::Should => "should",
        Strength::Info => "information",
    }
}

/// A doc comment's parts as a list of terms.
fn sections(page: &str) -> String {
    let headings = page
        .lines()
        .filter_map(|line| line.trim().strip_prefix("## "));
    let parts = headings.map(|heading| {
        let words = section(page, heading).unwrap_or_default();
        format!("<dt>{}</dt><dd>{}</dd>", text(heading), coded(&words))
    });
    parts.collect()
}

fn section(page: &str, heading: &str) -> Option<String> {
    let lines = page.lines().map(str::trim);
    let mut lines = lines.skip_while(|line| line.strip_prefix("## ") != Some(heading));
    lines.next()?;
    let words: Vec<&str> = lines
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| !line.is_empty())
        .collect();
    Some(words.join(" "))
}

fn head(files: &Files, public_url: &str) -> String {
    let style = files.iter().find(|(name, _)| name.ends_with(".css"));
    let style = style.map(|(name, bytes)| {
        format!(
            "<link rel=\"stylesheet\" href=\"{public_url}{name}\" integrity=\"{}\">",
            digest::integrity(bytes)
        )
    });
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Rules and requirements · Plumbline</title><link rel=\"icon\" href=\"{public_url}icon.svg\" type=\"image/svg+xml\">{}</head>\
         <body class=\"handbook-page\"><header class=\"handbook-head\"><a href=\"{public_url}\">Plumbline</a></header>",
        text(&policy::policy(&[])),
        style.unwrap_or_default(),
    )
}

/// Text with what stands between backticks as code.
fn coded(words: &str) -> String {
    let mut out = String::new();
    for (at, piece) in text(words).split('`').enumerate() {
        out += match at {
            0 => "",
            odd if odd % 2 == 1 => "<code>",
            _ => "</code>",
        };
        out += piece;
    }
    out
}

/// Text as text, never as markup.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_and_requirement_has_its_place() {
        let page = page(&Files::new(), "/");
        let world = world();
        let anchor = |id: &str| page.contains(&format!("id=\"{id}\""));
        for rule in rules() {
            assert!(anchor(rule.meta().code), "{}", rule.meta().code);
        }
        for reference in world.references.values() {
            for requirement in &reference.requirements {
                assert!(anchor(&requirement.id), "{}", requirement.id);
            }
        }
        assert!(facts().all(|fact| anchor(&format!("fact-{}", fact.name))));
        assert!(!page.contains('`') && page.contains("<code>metres_per_degree</code>"));
        assert!(!page.contains("<script") && !page.contains("style=\""));
    }
}
