//! Stylesheets: many small files for the people who write them, one for the page.

use crate::Outcome;

/// The sheets one after another, without comments, blank lines and indentation.
pub(crate) fn join<'a>(sheets: impl Iterator<Item = (&'a str, &'a str)>) -> Outcome<String> {
    let mut joined = String::new();
    for (name, sheet) in sheets {
        if sheet.contains("@import") {
            return Err(format!(
                "{name} uses @import, which integrity does not cover: link the sheet in index.html"
            ));
        }
        for line in without_comments(sheet)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    Ok(joined)
}

/// Takes comments away, but not what looks like one within a string.
fn without_comments(sheet: &str) -> String {
    let mut kept = String::new();
    let mut quote = None;
    let mut letters = sheet.chars().peekable();
    while let Some(letter) = letters.next() {
        match quote {
            None if letter == '/' && letters.peek() == Some(&'*') => {
                letters.next();
                let mut last = ' ';
                for inner in letters.by_ref() {
                    if last == '*' && inner == '/' {
                        break;
                    }
                    last = inner;
                }
                kept.push(' ');
                continue;
            }
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(_) if letter == '\\' => {
                kept.push(letter);
                kept.extend(letters.next());
                continue;
            }
            Some(open) if letter == open => quote = None,
            _ => {}
        }
        kept.push(letter);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_stay() {
        let sheet = "/* a */ p::before {\n  content: \"/* \\\" kept */\"; /* b **/\n}\n";
        let joined = join([("x.css", sheet)].into_iter());
        assert_eq!(
            joined.as_deref(),
            Ok("p::before {\ncontent: \"/* \\\" kept */\";\n}\n")
        );
    }

    #[test]
    fn an_import_is_refused() {
        assert!(join([("x.css", "@import 'y.css';")].into_iter()).is_err());
    }
}
