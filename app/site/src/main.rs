//! `plumbline-site finish DIST` turns what Trunk has built into the site as it is published;
//! `plumbline-site serve DIST` shows it on this machine as a static host would.

mod budget;
mod cache;
mod digest;
mod finish;
mod handbook;
mod html;
mod imports;
mod lazy;
mod parts;
mod policy;
mod serve;
mod site;
mod styles;
mod wasm;
mod wasm_opt;

use std::path::PathBuf;
use std::process::ExitCode;

/// What went wrong, in one line for the person at the terminal.
pub(crate) type Outcome<T> = Result<T, String>;

const USAGE: &str = "\
usage: plumbline-site finish DIST [--program FILE] [--public-url /] [--budget KIB] [--cache DIR]
       plumbline-site serve DIST [--port 8080] [--cache DIR]

finish  cuts the later parts off the program, which is FILE as cargo left it, optimises all, names files by content, writes the Content-Security-Policy and
        integrity into index.html, and fails where a cold start is over the budget (300 KiB)
serve   serves DIST on 127.0.0.1; port 0 takes a free one";

fn main() -> ExitCode {
    let done = Arguments::read(std::env::args().skip(1)).and_then(|arguments| {
        let cache = cache::Cache::new(arguments.cache);
        match arguments.command {
            Command::Finish(how) => finish::finish(&arguments.dist, &how, &cache),
            Command::Serve { port } => serve::serve(&arguments.dist, port, &cache),
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("plumbline-site: {why}");
            ExitCode::FAILURE
        }
    }
}

enum Command {
    Finish(finish::How),
    Serve { port: u16 },
}

struct Arguments {
    command: Command,
    dist: PathBuf,
    cache: Option<PathBuf>,
}

impl Arguments {
    fn read(given: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut words = Vec::new();
        let (mut public_url, mut budget, mut port) = ("/".to_owned(), 300, 8080);
        let (mut program, mut cache) = (None, None);
        let mut given = given;
        while let Some(word) = given.next() {
            let mut value = || given.next().ok_or(format!("{word} wants a value\n{USAGE}"));
            match word.as_str() {
                "--program" => program = Some(PathBuf::from(value()?)),
                "--public-url" => public_url = value()?,
                "--budget" => budget = number(&word, &value()?)?,
                "--port" => port = number(&word, &value()?)?,
                "--cache" => cache = Some(PathBuf::from(value()?)),
                option if option.starts_with('-') => return Err(USAGE.to_owned()),
                _ => words.push(word),
            }
        }
        let [command, dist] = words.as_slice() else {
            return Err(USAGE.to_owned());
        };
        if !(public_url.starts_with('/') && public_url.ends_with('/')) {
            return Err(format!(
                "--public-url {public_url}: it starts and ends with a slash"
            ));
        }
        let command = match command.as_str() {
            "finish" => Command::Finish(finish::How {
                program,
                public_url,
                limit: budget * 1024,
            }),
            "serve" => Command::Serve { port },
            _ => return Err(USAGE.to_owned()),
        };
        Ok(Self {
            command,
            dist: PathBuf::from(dist),
            cache,
        })
    }
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Outcome<T> {
    text.parse()
        .map_err(|_| format!("{option} {text}: not a number that fits"))
}
