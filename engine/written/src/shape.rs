//! What of a type the derives need to know.

use syn::{Data, DeriveInput, Error, Fields, Generics, Ident, TypeParamBound};

/// A struct with named fields, or an enum.
pub enum Shape {
    Struct { fields: Vec<Field>, default: bool },
    Enum(Vec<Variant>),
}

pub struct Field {
    pub name: Ident,
    pub default: bool,
}

pub struct Variant {
    pub name: Ident,
    /// Its name in files.
    pub word: String,
    pub content: Content,
}

pub enum Content {
    None,
    /// So many values without names.
    Values(usize),
    Fields(Vec<Field>),
}

impl Shape {
    pub fn of(input: &DeriveInput) -> Result<Self, Error> {
        match &input.data {
            Data::Struct(data) => Ok(Shape::Struct {
                fields: named(&data.fields)?,
                default: flag(&input.attrs, "default")?,
            }),
            Data::Enum(data) => {
                let snake = flag(&input.attrs, "snake_case")?;
                let variants = data.variants.iter().map(|variant| {
                    let name = variant.ident.to_string();
                    Ok(Variant {
                        word: if snake { snake_case(&name) } else { name },
                        name: variant.ident.clone(),
                        content: match &variant.fields {
                            Fields::Unit => Content::None,
                            Fields::Unnamed(fields) => Content::Values(fields.unnamed.len()),
                            fields => Content::Fields(named(fields)?),
                        },
                    })
                });
                Ok(Shape::Enum(variants.collect::<Result<_, Error>>()?))
            }
            Data::Union(_) => Err(Error::new_spanned(
                &input.ident,
                "a union has no written form",
            )),
        }
    }
}

/// A type's generics, each of which must have a written form too.
pub fn bounded(input: &DeriveInput, bound: &TypeParamBound) -> Generics {
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(bound.clone());
    }
    generics
}

fn named(fields: &Fields) -> Result<Vec<Field>, Error> {
    fields
        .iter()
        .map(|field| {
            let name = field.ident.clone();
            Ok(Field {
                name: name.ok_or_else(|| Error::new_spanned(field, "fields need names here"))?,
                default: flag(&field.attrs, "default")?,
            })
        })
        .collect()
}

fn flag(attrs: &[syn::Attribute], name: &str) -> Result<bool, Error> {
    let mut found = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("written")) {
        attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident(name);
            let known = ["default", "snake_case"];
            match known.iter().any(|known| meta.path.is_ident(known)) {
                true => Ok(()),
                false => Err(meta.error("expected `default` or `snake_case`")),
            }
        })?;
    }
    Ok(found)
}

fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}
