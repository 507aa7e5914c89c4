//! The program that the page starts; everything else is in the library, where tests reach it.
fn main() {
    plumbline_app::start();
}
