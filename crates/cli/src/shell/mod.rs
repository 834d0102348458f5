//! `cors completions` and `cors man`, made from the definitions of the command line.

use clap::CommandFactory;

use crate::{BadInput, Cors, exit::Exit, output::print_bytes};

#[derive(Debug, clap::Args)]
pub struct CompletionsArguments {
    /// The shell
    shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub struct ManArguments {
    /// The command, such as `explain`; without it, the page describes the program
    command: Option<String>,
}

/// Writes a script that completes command lines.
pub fn completions(arguments: &CompletionsArguments) -> Result<Exit, BadInput> {
    // The generator panics if it cannot write, so it writes into memory first.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cors::command(), "cors", &mut script);
    print_bytes(&script)?;
    Ok(Exit::Readable)
}

/// Writes a manual page, in the format that `man` reads.
pub fn man(arguments: &ManArguments) -> Result<Exit, BadInput> {
    let mut program = Cors::command();
    program.build();
    let command = match &arguments.command {
        None => program,
        Some(name) => {
            let known = program.get_subcommands().find(|command| command.get_name() == name);
            known.cloned().ok_or_else(|| format!("there is no command `{name}`; see `cors --help`"))?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    print_bytes(&page)?;
    Ok(Exit::Readable)
}
