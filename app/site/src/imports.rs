//! The names by which the program and its glue know each other. wasm-bindgen ends them with a
//! hash so that several programs can share one glue; here it only makes both files larger, as
//! nothing compresses it.

use std::collections::{BTreeMap, BTreeSet};

const HASH: usize = 16;

/// Puts a short count, filled up with zeros, in place of each hash in the glue, and the same into
/// the program. Names keep their length, so that nothing else of the program changes.
pub(crate) fn without_hashes(glue: &str, program: &[u8]) -> (String, Vec<u8>) {
    let names: BTreeSet<&str> = glue
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .filter(|name| is_hashed(name))
        .collect();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut plain = BTreeMap::new();
    for name in names {
        let stem = &name[..name.len() - HASH];
        let count = counts.entry(stem).or_default();
        plain.insert(name, format!("{stem}{count:0HASH$}"));
        *count += 1;
    }
    let mut glue = glue.to_owned();
    for (name, fresh) in &plain {
        glue = glue.replace(name, fresh);
    }
    (glue, renamed(program, &plain))
}

/// A name of wasm-bindgen's own that ends with a hash. Snippets are named by theirs, and are files.
fn is_hashed(name: &str) -> bool {
    let own = name.starts_with("__wb") || name.starts_with("wasm_bindgen__");
    own && ends_with_hash(name.as_bytes())
}

fn ends_with_hash(word: &[u8]) -> bool {
    let hash = word.len().checked_sub(HASH).and_then(|at| word.get(at..));
    let hexadecimal = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    hash.is_some_and(|hash| hash.iter().all(hexadecimal))
}

fn renamed(program: &[u8], plain: &BTreeMap<&str, String>) -> Vec<u8> {
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut program = program.to_vec();
    for word in program.chunk_by_mut(|a, b| letter(a) && letter(b)) {
        if !ends_with_hash(word) {
            continue;
        }
        // What stands right before a name, its length for one, may look like letters.
        let name = plain
            .iter()
            .find(|(name, _)| word.ends_with(name.as_bytes()));
        if let Some((name, fresh)) = name {
            let start = word.len() - name.len();
            word[start..].copy_from_slice(fresh.as_bytes());
        }
    }
    program
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_go_from_both_and_names_stay_apart() {
        let glue = "__wbg_a_0123456789abcdef(); __wbg_a_fedcba9876543210; snippets/x-0123456789abcdef/i.js";
        let program = b"\x04i.js0__wbg_a_0123456789abcdef\0\x18__wbg_a_fedcba9876543210\0";
        let (glue, program) = without_hashes(glue, program);
        assert_eq!(
            glue,
            "__wbg_a_0000000000000000(); __wbg_a_0000000000000001; snippets/x-0123456789abcdef/i.js"
        );
        assert_eq!(
            program,
            b"\x04i.js0__wbg_a_0000000000000000\0\x18__wbg_a_0000000000000001\0"
        );
    }
}
