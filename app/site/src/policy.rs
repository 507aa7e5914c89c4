//! The Content-Security-Policy of the site. It goes into the page as a meta element, because a
//! static host may offer no say over headers.

/// The policy; `inline` are the source expressions of inline scripts, of which there should be none.
///
/// Nothing is allowed but what is listed. `wasm-unsafe-eval` lets the program be compiled and
/// allows no `eval`. Styles come from the stylesheet alone: what the app sets through the CSSOM
/// (`style:width=...`) is not governed by the policy, style attributes in markup are refused.
pub(crate) fn policy(inline: &[String]) -> String {
    let mut scripts = "'self' 'wasm-unsafe-eval'".to_owned();
    for source in inline {
        scripts.push(' ');
        scripts.push_str(source);
    }
    [
        "default-src 'none'",
        &format!("script-src {scripts}"),
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_allowed_from_elsewhere() {
        let policy = policy(&[]);
        for refused in ["'unsafe-inline'", "'unsafe-eval'", "http", "data:", "*"] {
            assert!(!policy.contains(refused), "{refused} in {policy}");
        }
    }

    #[test]
    fn an_inline_script_is_allowed_by_its_hash() {
        let policy = policy(&["'sha256-x'".to_owned()]);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-x';"));
    }
}
