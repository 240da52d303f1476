//! The catalogue's entries of DfE View Education Record.

use super::System::Vera;
use super::{OK, Operation, operation};
use crate::vera::model as vera;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        operation(
            "generate_qr",
            Vera,
            "Issues a request to share a record and returns its QR code (pattern A).",
            vera::ISSUED,
            |p, i, r: vera::GenerateQr| async move { p.vera.generate_qr(&i, r).await },
        )
        .not_repeatable(),
        operation(
            "poll_learner_data",
            Vera,
            "Asks whether a learner has shared their record, at once or for up to `waitMs` (patterns A and C).",
            vera::POLLED,
            |p, i, r: vera::PollLearnerData| async move { p.vera.poll_learner_data(&i, r).await },
        )
        // What was read once cannot be read again.
        .not_repeatable(),
        operation(
            "fetch_learner_data",
            Vera,
            "Fetches the record of a learner who has already agreed to share it (pattern B).",
            vera::FETCHED,
            |p, i, r: vera::FetchLearnerData| async move { p.vera.fetch_learner_data(&i, r).await },
        ),
        operation(
            "check_learner",
            Vera,
            "Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).",
            vera::CHECKED,
            |p, i, r: vera::CheckLearner| async move { p.vera.check_learner(&i, r).await },
        )
        .checked_by(|p, i, r: vera::CheckLearner| p.vera.check_phone(i, &r.mobile_number, &r.date_of_birth)),
        operation(
            "request_share",
            Vera,
            "Sends a learner's phone a request to share and returns the code they must type (pattern C).",
            vera::REQUESTED,
            |p, i, r: vera::RequestShare| async move { p.vera.request_share(&i, r).await },
        )
        .checked_by(|p, i, r: vera::RequestShare| p.vera.check_phone(i, &r.mobile_number, &r.date_of_birth))
        .not_repeatable(),
        operation(
            "list_shares",
            Vera,
            "Lists the shares in the store, newest first.",
            OK,
            |p, i, r: vera::ListShares| async move { p.vera.list_shares(&i, r).await },
        ),
        operation(
            "cancel_share",
            Vera,
            "Stops waiting for a learner.",
            vera::CANCELLED,
            |p, i, r: vera::CancelShare| async move { p.vera.cancel_share(&i, r).await },
        ),
    ]
}
