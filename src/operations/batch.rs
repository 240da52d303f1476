//! The catalogue's entries of bulk jobs.

use super::System::Batch;
use super::{OK, Operation, operation};
use crate::batch::model as batch;

pub(super) fn entries() -> Vec<Operation> {
    let entries = vec![
        operation(
            "start_batch",
            Batch,
            "Starts to run an operation for every row of a file, or checks the rows without running anything.",
            batch::STARTED,
            |p, i, r: batch::StartBatch| async move { p.batches.start(&p, &i, r).await },
        ),
        operation(
            "batch_status",
            Batch,
            "Tells how far a batch has come, at once or when it ends.",
            batch::STATES,
            |p, i, r: batch::BatchStatus| async move { p.batches.status(&p, &i, r).await },
        )
        .unaudited(),
        operation(
            "resume_batch",
            Batch,
            "Goes on with a batch that has ended early, without repeating a row that is done.",
            batch::RESUMED,
            |p, i, r: batch::ResumeBatch| async move { p.batches.resume(&p, &i, r).await },
        ),
        operation(
            "list_batches",
            Batch,
            "Lists batches, newest first.",
            OK,
            |p, _, r: batch::ListBatches| async move { p.batches.list(r).await },
        )
        .unaudited(),
        operation(
            "cancel_batch",
            Batch,
            "Ends a batch; what is done is kept, and it can be resumed.",
            batch::CANCELLED,
            |p, i, r: batch::CancelBatch| async move { p.batches.cancel(&i, r).await },
        ),
    ];
    entries.into_iter().map(Operation::not_for_rows).collect()
}
