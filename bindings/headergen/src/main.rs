//! Writes the generated files of the project, or checks that they are as they would be written.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Writes the generated files of the project: header, symbol list, schemas, tables of the documentation.
#[derive(Parser)]
#[command(name = "headergen", version)]
struct Arguments {
    /// Changes nothing and fails when a file differs from what would be written.
    #[arg(long)]
    verify: bool,
    /// The folder of the project.
    #[arg(long, default_value_os_t = headergen::project())]
    root: PathBuf,
}

// A program reports on its standard streams.
#[allow(clippy::print_stdout, clippy::print_stderr)]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = if arguments.verify { headergen::verify(&arguments.root) } else { headergen::write(&arguments.root) };
    match done {
        Ok(differences) if differences.is_empty() => {
            println!("all generated files are up to date");
            ExitCode::SUCCESS
        }
        Ok(differences) if arguments.verify => {
            for difference in differences {
                eprintln!("{difference}");
            }
            eprintln!("run `{}` and commit what it changes", headergen::COMMAND);
            ExitCode::FAILURE
        }
        Ok(differences) => {
            for difference in differences {
                println!("wrote {}", difference.path);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("headergen: {error}");
            ExitCode::FAILURE
        }
    }
}
