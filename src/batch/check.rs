//! Checks the rows of a file without running anything.

use std::sync::Arc;

use super::keys::Keys;
use super::model::{RefusedRow, StartBatch, StartBatchDone};
use super::plan;
use super::progress::LISTED;
use super::source::Source;
use crate::error::{Error, Result};
use crate::files::off_the_worker;
use crate::invocation::Invocation;
use crate::operations::Operation;
use crate::plugin::Plugin;

/// How many rows are read in one go.
const CHECKED: usize = 1_000;

/// Reads and checks every row.
///
/// # Errors
/// `INVALID_INPUT`, or `CLOSED`.
pub(super) async fn every_row(
    plugin: &Arc<Plugin>,
    operation: &'static Operation,
    asked: StartBatch,
    invocation: &Invocation,
) -> Result<StartBatchDone> {
    let mut source = off_the_worker(move || {
        let format = plan::input_format(&asked)?;
        Source::open(&asked, format, &Keys::of(operation)?)
    })
    .await?;
    let (mut rows, mut refused, mut listed) = (0_u64, 0_u64, Vec::new());
    loop {
        let plugin = Arc::clone(plugin);
        let part = off_the_worker(move || {
            let (mut read, mut wrong) = (0, Vec::new());
            while read < CHECKED {
                let Some(row) = source.next()? else { break };
                read += 1;
                let checked = match row.request {
                    Ok(request) => match operation.check(&plugin, &request) {
                        Err(error @ Error::Closed { .. }) => return Err(error),
                        checked => checked.map_err(|error| error.to_string()),
                    },
                    Err(problem) => Err(problem),
                };
                wrong.extend(checked.err().map(|reason| RefusedRow { line: row.line, reason }));
            }
            Ok((read, wrong, source))
        });
        let (read, wrong, rest) = part.await?;
        source = rest;
        rows += read as u64;
        refused += wrong.len() as u64;
        let room = LISTED - listed.len();
        listed.extend(wrong.into_iter().take(room));
        invocation.report("rows", rows);
        if read < CHECKED {
            break;
        }
    }
    Ok(StartBatchDone {
        outcome: if refused == 0 { "validated" } else { "invalid" },
        batch_id: None,
        rows: Some(rows),
        valid: Some(rows - refused),
        refused: Some(refused),
        refused_rows: listed,
    })
}
