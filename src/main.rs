//! The program: arguments to an exit code.

use std::process::ExitCode;

/// Reading articles and building an index are mostly allocations; this one does them in much less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    baoku::cli::run()
}
