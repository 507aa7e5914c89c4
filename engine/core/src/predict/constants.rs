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
