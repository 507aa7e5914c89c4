//! From a position in a text to the path there, and back. The readers know one of the two.

/// Path of the field at a position of a RON text (line and column from 1).
pub(super) fn ron_path(text: &str, line: usize, column: usize) -> String {
    let mut stack: Vec<Frame> = Vec::new();
    let mut word = String::new();
    let (mut at_line, mut at_column) = (1, 1);
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while (at_line, at_column) < (line, column) {
        let Some(c) = chars.next() else { break };
        at_column += 1;
        if c == '\n' {
            (at_line, at_column) = (at_line + 1, 1);
        }
        match c {
            '\\' if quoted => {
                chars.next();
                at_column += 1;
            }
            '"' => quoted = !quoted,
            c if quoted => word.push(c),
            '/' if chars.peek() == Some(&'/') => {
                while chars.next_if(|c| *c != '\n').is_some() {}
            }
            '(' | '{' => stack.push(Frame::Fields(String::new())),
            '[' => stack.push(Frame::List(0)),
            ')' | '}' | ']' => drop(stack.pop()),
            ':' => {
                if let Some(Frame::Fields(key)) = stack.last_mut() {
                    *key = std::mem::take(&mut word);
                }
            }
            ',' => match stack.last_mut() {
                Some(Frame::Fields(key)) => key.clear(),
                Some(Frame::List(index)) => *index += 1,
                None => {}
            },
            c if c.is_alphanumeric() || c == '_' => word.push(c),
            _ => {}
        }
        if !quoted && matches!(c, '(' | '{' | '[' | ',') {
            word.clear();
        }
    }
    // The reader stops before a name that it does not know.
    if let Some(Frame::Fields(key)) = stack.last_mut().filter(|frame| frame.is_open()) {
        let rest: String = chars.take(80).collect();
        if let Some((name, _)) = rest.split_once(':') {
            let whole = format!("{word}{}", name.trim());
            if whole.chars().all(|c| c.is_alphanumeric() || c == '_') {
                *key = whole;
            }
        }
    }
    show(&stack)
}

enum Frame {
    Fields(String),
    List(usize),
}

impl Frame {
    fn is_open(&self) -> bool {
        matches!(self, Frame::Fields(key) if key.is_empty())
    }
}

fn show(stack: &[Frame]) -> String {
    let mut path = String::new();
    for frame in stack {
        match frame {
            Frame::Fields(key) if key.is_empty() => {}
            Frame::Fields(key) if path.is_empty() => path.push_str(key),
            Frame::Fields(key) => path.push_str(&format!(".{key}")),
            Frame::List(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// Line and column (from 1) at which the value of a path stands in a JSON or RON text; `None`
/// if it cannot be found.
pub(super) fn position_of(text: &str, path: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        at = match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
            Some(index) => entry(text, at, index)?,
            None => key(text, at, step)?,
        };
    }
    let before = text.get(..at)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(1, |last| last.chars().count() + 1);
    Some((line, column))
}

/// Start of the value of the first `key:` or `"key":` from `from` on.
fn key(text: &str, from: usize, key: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + text.get(at..)?.find(key)?;
        let rest = text.get(found + key.len()..)?;
        let value = rest.trim_start_matches('"').trim_start();
        if let Some(value) = value.strip_prefix(':') {
            let skipped = rest.len() - value.len();
            let space = value.len() - value.trim_start().len();
            return Some(found + key.len() + skipped + space);
        }
        at = found + key.len();
    }
}

/// Start of entry `index` of the list that opens first from `from` on.
fn entry(text: &str, from: usize, index: usize) -> Option<usize> {
    let open = from + text.get(from..)?.find('[')? + 1;
    let (mut depth, mut seen, mut quoted, mut escaped) = (0_usize, 0, false, false);
    let mut start = open;
    for (at, c) in text.get(open..)?.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth = depth.checked_sub(1)?,
            ',' if !quoted && depth == 0 => {
                seen += 1;
                start = open + at + 1;
            }
            _ => {}
        }
        if seen == index {
            break;
        }
    }
    let space = text.get(start..)?.len() - text.get(start..)?.trim_start().len();
    (seen == index).then_some(start + space)
}
