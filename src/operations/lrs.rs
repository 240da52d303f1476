//! The catalogue's entries of the Learning Records Service.

use super::System::Lrs;
use super::{Operation, operation};
use crate::lrs::model as lrs;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        operation(
            "match_learner",
            Lrs,
            "Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by ULN.",
            lrs::MATCHED,
            |p, i, r: lrs::MatchLearner| async move { p.lrs.match_learner(&i, r).await },
        )
        .checked_by(|p, i, r: lrs::MatchLearner| p.lrs.check_match(i, r)),
        operation(
            "fetch_plr",
            Lrs,
            "Fetches a personal learning record, by ULN and names or for a person in the match register.",
            lrs::FETCHED,
            |p, i, r: lrs::FetchPlr| async move { p.lrs.fetch_plr(&i, r).await },
        )
        .checked_by(|p, i, r: lrs::FetchPlr| p.lrs.check_plr(i, &r)),
        operation(
            "get_match",
            Lrs,
            "Says which ULN is confirmed for a person.",
            lrs::STATE,
            |p, i, r: lrs::GetMatch| async move { p.lrs.get_match(&i, r).await },
        ),
        operation(
            "confirm_match",
            Lrs,
            "Confirms which ULN a person has; no two people hold one ULN.",
            lrs::CONFIRMED,
            |p, i, r: lrs::ConfirmMatch| async move { p.lrs.confirm_match(&i, r).await },
        )
        .checked_by(|p, i, r: lrs::ConfirmMatch| p.lrs.check_confirmation(i, &r)),
        operation(
            "confirm_no_match",
            Lrs,
            "Confirms that a person has no ULN.",
            lrs::NONE_CONFIRMED,
            |p, i, r: lrs::ConfirmNoMatch| async move { p.lrs.confirm_no_match(&i, r).await },
        ),
        operation(
            "remove_match",
            Lrs,
            "Takes back what was confirmed of a person; the history stays.",
            lrs::REMOVED,
            |p, i, r: lrs::RemoveMatch| async move { p.lrs.remove_match(&i, r).await },
        ),
        operation(
            "subject_access_report",
            Lrs,
            "Gives all that the match register holds of a person.",
            lrs::REPORTED,
            |p, i, r: lrs::SubjectAccessReport| async move { p.lrs.subject_access_report(&i, r).await },
        ),
        operation(
            "import_matches",
            Lrs,
            "Imports the match register of another installation from a CSV file.",
            lrs::IMPORTED,
            |p, i, r: lrs::ImportMatches| async move { p.lrs.import_matches(&i, r).await },
        )
        .not_for_rows(),
        operation(
            "export_matches",
            Lrs,
            "Writes the match register to a CSV file that only its owner may read.",
            lrs::EXPORTED,
            |p, i, r: lrs::ExportMatches| async move { p.lrs.export_matches(&i, r).await },
        )
        .not_for_rows(),
    ]
}
