//! Fitted constants by name, as a type of each model of the engine.

macro_rules! calibration {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The constants of a prediction, by name. All are positive.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Calibration {
            $($(#[$doc])* pub $name: f64,)*
        }

        impl Calibration {
            /// Names, in the order of the fields.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// Takes every constant from `value`, which is given its name.
            ///
            /// # Errors
            /// Those of `value`.
            pub fn from_names<E>(mut value: impl FnMut(&'static str) -> Result<f64, E>) -> Result<Self, E> {
                Ok(Self { $($name: value(stringify!($name))?,)* })
            }

            /// The shipped ones. `room` is where they stand in the world.
            ///
            /// # Errors
            /// The name of one that is missing.
            pub fn shipped(known: &$crate::table::Table<$crate::catalogue::FittedConstant>, room: &str) -> Result<Self, String> {
                Self::from_names(|name| {
                    let constant = known.get(name).map(|constant| constant.value);
                    constant.ok_or_else(|| format!("{room}.constants.{name}"))
                })
            }

            /// The constant of a name.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut f64> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use calibration;
