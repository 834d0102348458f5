//! `cors completions` and `cors man`: what a shell and `man` know of the program, from the definitions of its command line.

use clap::CommandFactory;

use crate::{BadInput, Cors, exit::Exit, output::print_bytes};

#[derive(Debug, clap::Args)]
pub struct CompletionsArguments {
    /// The shell
    shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub struct ManArguments {
    /// The command that the page is of, as `explain`; without it, the page of the program
    command: Option<String>,
}

/// Writes a script that completes command lines.
pub fn completions(arguments: &CompletionsArguments) -> Result<Exit, BadInput> {
    // In memory first, for the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cors::command(), "cors", &mut script);
    print_bytes(&script)?;
    Ok(Exit::Readable)
}

/// Writes a page in the form that `man` reads.
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
