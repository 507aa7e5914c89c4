//! Just enough HTML for one page that we wrote ourselves: pieces of text, comments and tags.
//! Whatever is not a tag passes through untouched.

/// A part of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// Text, end tags, the doctype, and the bodies of scripts.
    Text(String),
    Comment,
    Tag(Tag),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    /// In their order; one without a value has none.
    pub(crate) attributes: Vec<(String, Option<String>)>,
    /// Whether it ends in `/>`, which means something within SVG.
    pub(crate) closed: bool,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)?
            .1
            .as_deref()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| known == name)
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.attributes.retain(|(known, _)| known != name);
        self.attributes
            .push((name.to_owned(), Some(value.to_owned())));
    }

    /// Whether this is a link of that relation.
    pub(crate) fn links(&self, relation: &str) -> bool {
        self.name == "link" && self.get("rel") == Some(relation)
    }
}

/// Takes a page apart. The body of a script is one text, so that a `<` in it starts no tag.
pub(crate) fn parse(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (before, at) = rest.split_at(start);
        text(&mut pieces, before);
        if let Some(inner) = at.strip_prefix("<!--") {
            pieces.push(Piece::Comment);
            rest = inner.split_once("-->").map_or("", |(_, after)| after);
        } else if at[1..].starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let (tag, after) = tag(&at[1..]);
            let body = if matches!(tag.name.as_str(), "script" | "style") {
                after.find("</").unwrap_or(after.len())
            } else {
                0
            };
            pieces.push(Piece::Tag(tag));
            text(&mut pieces, &after[..body]);
            rest = &after[body..];
        } else {
            let end = at.find('>').map_or(at.len(), |end| end + 1);
            text(&mut pieces, &at[..end]);
            rest = &at[end..];
        }
    }
    text(&mut pieces, rest);
    pieces
}

fn text(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Text(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Reads a start tag that begins after its `<`, and gives what follows it.
fn tag(source: &str) -> (Tag, &str) {
    let (name, mut rest) = word(source);
    let mut attributes = Vec::new();
    loop {
        let trimmed =
            rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        let closed = rest[..rest.len() - trimmed.len()].ends_with('/');
        rest = trimmed;
        if let Some(after) = rest.strip_prefix('>') {
            return (
                Tag {
                    name,
                    attributes,
                    closed,
                },
                after,
            );
        }
        let (attribute, after) = word(rest);
        if attribute.is_empty() {
            return (
                Tag {
                    name,
                    attributes,
                    closed,
                },
                rest.get(1..).unwrap_or(""),
            );
        }
        let (value, after) = value(after);
        attributes.push((attribute, value));
        rest = after;
    }
}

fn word(source: &str) -> (String, &str) {
    let end = source
        .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'))
        .unwrap_or(source.len());
    (source[..end].to_ascii_lowercase(), &source[end..])
}

fn value(source: &str) -> (Option<String>, &str) {
    let Some(after) = source.trim_start().strip_prefix('=') else {
        return (None, source);
    };
    let after = after.trim_start();
    match after.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = &after[1..];
            let end = inner.find(quote).unwrap_or(inner.len());
            (
                Some(inner[..end].to_owned()),
                inner.get(end + 1..).unwrap_or(""),
            )
        }
        _ => {
            let end = after
                .find(|letter: char| letter.is_whitespace() || letter == '>')
                .unwrap_or(after.len());
            (Some(after[..end].to_owned()), &after[end..])
        }
    }
}

/// Puts a page together again, without comments and without indentation: both are for the people
/// who read the source.
pub(crate) fn render(pieces: &[Piece]) -> String {
    let mut page = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => page.push_str(text),
            Piece::Comment => {}
            Piece::Tag(tag) => {
                page.push('<');
                page.push_str(&tag.name);
                for (name, value) in &tag.attributes {
                    page.push(' ');
                    page.push_str(name);
                    if let Some(value) = value {
                        page.push_str("=\"");
                        page.push_str(&value.replace('"', "&quot;"));
                        page.push('"');
                    }
                }
                page.push_str(if tag.closed { "/>" } else { ">" });
            }
        }
    }
    let lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |page, line| page + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back_as_it_was() {
        let page =
            "<!doctype html>\n<p class=\"a b\" hidden>x &lt; y</p>\n<svg><path d=\"M0\"/></svg>\n";
        assert_eq!(render(&parse(page)), page);
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            render(&parse("<p>\n  <!-- a <b> -->\n  x</p>")),
            "<p>\nx</p>\n"
        );
    }

    #[test]
    fn attributes_in_every_way_of_writing() {
        let pieces = parse("<link rel=stylesheet HREF='a.css' data-x = \"1\" async/>");
        let Some(Piece::Tag(tag)) = pieces.first() else {
            unreachable!("{pieces:?}")
        };
        assert!(tag.links("stylesheet") && tag.has("async"));
        assert_eq!(
            (tag.get("href"), tag.get("data-x")),
            (Some("a.css"), Some("1"))
        );
    }

    #[test]
    fn the_body_of_a_script_is_text() {
        let pieces = parse("<script>if (a<b) { f(\"<p style>\") }</script>");
        assert_eq!(
            pieces
                .iter()
                .filter(|piece| matches!(piece, Piece::Tag(_)))
                .count(),
            1
        );
    }

    #[test]
    fn broken_markup_ends() {
        for page in [
            "<", "<a", "<a b", "<a b=", "<a b='", "<!-- x", "<script>", "<a =>", "</",
        ] {
            render(&parse(page));
        }
    }
}
