//! The command line of LearnerLink: the operations of the library from a shell, and tools around it.

mod commands;
mod exit;
mod input;
mod interrupt;
mod layout;
mod log_tail;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{batch, call, check_config, describe, doctor, new_key, operations, serve, store};

/// Exchanges official records of learners and patients with outside services.
#[derive(Parser)]
#[command(name = "learnerlink", version, arg_required_else_help = true, after_help = exit::HELP)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Call(call::Call),
    Batch(Box<batch::Batch>),
    Operations(operations::Operations),
    Describe(describe::Describe),
    Serve(serve::Serve),
    NewKey(new_key::NewKey),
    CheckConfig(check_config::CheckConfig),
    Doctor(doctor::Doctor),
    Store(store::Store),
}

fn main() -> ExitCode {
    // Wrong arguments end the program here, with status 2 and the usage.
    match Options::parse().command {
        Command::Call(command) => command.run(),
        Command::Batch(command) => command.run(),
        Command::Operations(command) => command.run(),
        Command::Describe(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::NewKey(command) => command.run(),
        Command::CheckConfig(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Store(command) => command.run(),
    }
}
