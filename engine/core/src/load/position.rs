//! From a position in a RON text to the path there: the `ron` crate knows only the one.

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
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
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
