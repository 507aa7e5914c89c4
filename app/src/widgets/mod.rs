//! Small controls, each with its keyboard, its ARIA and its test.
