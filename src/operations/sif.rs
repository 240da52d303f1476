//! The catalogue's entries of SIF Student Record Exchange.

use super::System::Sif;
use super::{Operation, operation};
use crate::sif::model as sif;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        operation(
            "get_xsre",
            Sif,
            "Asks for a student's record, as far as the asking service may see it.",
            sif::GOT,
            |p, i, r: sif::GetXsre| async move { p.sif.get_xsre(&i, r).await },
        )
        .checked_by(|p, i, r: sif::GetXsre| p.sif.check_xsre(i, &r)),
        operation(
            "authorize_sif_request",
            Sif,
            "Checks the headers with which a SIF request came, once for each request.",
            sif::AUTHORIZED,
            |p, i, r: sif::AuthorizeSifRequest| async move { p.sif.authorize_sif_request(&i, r).await },
        ),
        operation(
            "filter_xsre",
            Sif,
            "Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.",
            sif::FILTERED,
            |p, _, r: sif::FilterXsre| async move {
                // A large record takes its time, which must not hold others up.
                crate::runtime::blocking(move || p.sif.filter_xsre(&r))
                    .await
                    .ok_or_else(|| crate::Error::internal("filtering a record did not finish"))?
            },
        ),
        operation(
            "import_sif_rules",
            Sif,
            "Takes rules of the Privacy Rules Service into the store, instead of those that are there.",
            sif::IMPORTED,
            |p, i, r: sif::ImportSifRules| async move { p.sif.import_sif_rules(&i, r).await },
        )
        .not_for_rows(),
    ]
}
