//! Share links: one to four whole designs in a URL fragment.
//!
//! `1.` + base64url( CRC-32 of the rest, then raw deflate of the JSON of the designs ).
//! Deflate is primed with a dictionary of typical design text, so that a design that is
//! close to a reference costs a few hundred characters although the link carries all of it:
//! a link never depends on what a reference said on the day it is opened. The number is
//! that of the dictionary, which is frozen once links with it exist.

use super::reader::read_tree;
use crate::design::{Design, from_tree, migrate, validate};
use crate::written::Write;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};
use serde_json::Value;
use std::fmt;

/// Longest link that is written or read, in characters.
pub const MAX_LINK: usize = 32_000;

/// Most designs in one link.
const MAX_DESIGNS: usize = 4;

/// Largest text that a link may unpack to, in bytes.
const MAX_UNPACKED: usize = 1_000_000;

const PREFIX: &str = "1.";

/// Frozen: links made with it exist.
const DICTIONARY: &[u8] = include_bytes!("link-dictionary-1.txt");

/// Why a link cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// It would be longer than [`MAX_LINK`]; a file has no such limit.
    TooLong {
        /// Length in characters.
        found: usize,
    },
    /// None, or more than four designs.
    Count(usize),
    /// Not a Plumbline link.
    Foreign,
    /// Made by a newer version.
    Newer(String),
    /// Damaged: at which stage, at which byte or path, and how.
    Damaged {
        /// Stage: "characters", "checksum", "compression", "text", "design".
        stage: &'static str,
        /// Byte within that stage, where it is known.
        at: Option<usize>,
        /// What was found and expected.
        message: String,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::TooLong { found } => write!(
                f,
                "the link has {found} characters, at most {MAX_LINK} are possible; use a file instead"
            ),
            LinkError::Count(found) => {
                write!(
                    f,
                    "found {found} designs, expected 1 to {MAX_DESIGNS} in one link"
                )
            }
            LinkError::Foreign => write!(
                f,
                "not a Plumbline link: expected it to start with {PREFIX:?}"
            ),
            LinkError::Newer(version) => {
                write!(
                    f,
                    "link version {version}: made by a newer version of Plumbline; this one reads version 1"
                )
            }
            LinkError::Damaged {
                stage,
                at: Some(at),
                message,
            } => {
                write!(f, "the link is damaged ({stage}, byte {at}): {message}")
            }
            LinkError::Damaged {
                stage,
                at: None,
                message,
            } => {
                write!(f, "the link is damaged ({stage}): {message}")
            }
        }
    }
}

impl std::error::Error for LinkError {}

/// The fragment (without `#`) that carries these designs.
///
/// # Errors
/// Too many designs, or a result longer than [`MAX_LINK`].
pub fn to_link(designs: &[Design]) -> Result<String, LinkError> {
    if designs.is_empty() || designs.len() > MAX_DESIGNS {
        return Err(LinkError::Count(designs.len()));
    }
    let text = designs.write().to_json_text(false).into_bytes();
    let packed = pack(&text);
    let mut bytes = crc32(&packed).to_le_bytes().to_vec();
    bytes.extend(packed);
    let link = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
    match link.len() {
        found if found > MAX_LINK => Err(LinkError::TooLong { found }),
        _ => Ok(link),
    }
}

/// The designs in a link. Accepts the bare fragment, with `#`, or a whole address.
///
/// # Errors
/// Says at which stage and byte the link is damaged, or that it is foreign or newer.
pub fn from_link(link: &str) -> Result<Vec<Design>, LinkError> {
    let link = link.trim();
    let fragment = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment);
    if fragment.len() > MAX_LINK {
        return Err(LinkError::TooLong {
            found: fragment.len(),
        });
    }
    let body = match fragment.split_once('.') {
        Some(("1", body)) => body,
        Some((version, _)) if version.parse::<u32>().is_ok_and(|v| v > 1) => {
            return Err(LinkError::Newer(version.to_owned()));
        }
        _ => return Err(LinkError::Foreign),
    };
    let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|error| {
        let at = match error {
            base64::DecodeError::InvalidByte(at, _)
            | base64::DecodeError::InvalidLastSymbol(at, _) => Some(at),
            base64::DecodeError::InvalidLength(length) => Some(length),
            base64::DecodeError::InvalidPadding => None,
        };
        damaged(
            "characters",
            at,
            "expected letters, digits, - and _; part of the link may be cut off",
        )
    })?;
    let (sum, packed) = bytes
        .split_first_chunk::<4>()
        .ok_or_else(|| damaged("checksum", Some(bytes.len()), "the link ends too early"))?;
    if u32::from_le_bytes(*sum) != crc32(packed) {
        return Err(damaged(
            "checksum",
            None,
            "the link was cut off or changed on its way",
        ));
    }
    let text = unpack(packed)?;
    designs(&text)
}

fn designs(text: &[u8]) -> Result<Vec<Design>, LinkError> {
    let text = std::str::from_utf8(text)
        .map_err(|error| damaged("text", Some(error.valid_up_to()), "expected text"))?;
    let tree =
        read_tree(text).map_err(|fault| damaged("text", Some(fault.column), fault.message))?;
    let Value::Array(trees) = tree else {
        return Err(damaged("text", Some(0), "expected a list of designs"));
    };
    if trees.is_empty() || trees.len() > MAX_DESIGNS {
        return Err(LinkError::Count(trees.len()));
    }
    trees.into_iter().map(one_design).collect()
}

fn one_design(tree: Value) -> Result<Design, LinkError> {
    let tree = migrate(tree).map_err(|error| damaged("design", None, error.to_string()))?;
    let design = from_tree(&tree)
        .map_err(|fault| damaged("design", None, format!("{}: {}", fault.path, fault.message)))?;
    match validate(&design).into_iter().next() {
        None => Ok(design),
        Some(problem) => Err(damaged("design", None, problem.to_string())),
    }
}

fn damaged(stage: &'static str, at: Option<usize>, message: impl Into<String>) -> LinkError {
    LinkError::Damaged {
        stage,
        at,
        message: message.into(),
    }
}

/// Deflates `text` behind the dictionary: the dictionary goes through the compressor first
/// and its output is dropped, so that what follows refers back to it.
fn pack(text: &[u8]) -> Vec<u8> {
    let flags = create_comp_flags_from_zip_params(9, 0, 0);
    let mut compressor = CompressorOxide::new(flags);
    feed(&mut compressor, DICTIONARY, TDEFLFlush::Sync);
    feed(&mut compressor, text, TDEFLFlush::Finish)
}

fn feed(compressor: &mut CompressorOxide, mut input: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut out = Vec::new();
    let mut buffer = [0_u8; 4096];
    loop {
        let (status, read, written) = compress(compressor, input, &mut buffer, flush);
        out.extend_from_slice(&buffer[..written]);
        input = &input[read..];
        let more = input.is_empty() && written < buffer.len();
        if more || !matches!(status, TDEFLStatus::Okay) {
            return out;
        }
    }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, LinkError> {
    let start = DICTIONARY.len();
    let mut size = start + 64 * 1024;
    loop {
        let mut out = vec![0_u8; size.min(start + MAX_UNPACKED)];
        out[..start].copy_from_slice(DICTIONARY);
        let mut decompressor = DecompressorOxide::new();
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut decompressor, packed, &mut out, start, flags);
        match status {
            TINFLStatus::Done if read == packed.len() => {
                return Ok(out[start..start + written].to_vec());
            }
            TINFLStatus::HasMoreOutput if out.len() < start + MAX_UNPACKED => size *= 4,
            TINFLStatus::HasMoreOutput => {
                return Err(damaged(
                    "compression",
                    Some(read),
                    format!("unpacks to more than {MAX_UNPACKED} bytes"),
                ));
            }
            _ => {
                return Err(damaged(
                    "compression",
                    Some(read),
                    "not a compressed design",
                ));
            }
        }
    }
}

/// CRC-32 (ISO-HDLC), bit by bit: a link is a few kilobytes at most.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}
