//! The catalogue's entries of the linkage keys.

use super::System::Linkage;
use super::{Operation, operation};
use crate::linkage::model as linkage;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        operation(
            "retrieve_linkage_key",
            Linkage,
            "Asks for the linkage key of a patient, from our own register or a supplier's system.",
            linkage::RETRIEVED,
            |p, i, r: linkage::RetrieveLinkageKey| async move { p.linkage.retrieve_linkage_key(&i, r).await },
        )
        .checked_by(|p, i, r: linkage::RetrieveLinkageKey| p.linkage.check_retrieve(i, r)),
        operation(
            "create_linkage_key",
            Linkage,
            "Makes a linkage key for a patient who has none in force.",
            linkage::CREATED,
            |p, i, r: linkage::CreateLinkageKey| async move { p.linkage.create_linkage_key(&i, r).await },
        )
        .checked_by(|p, i, r: linkage::CreateLinkageKey| p.linkage.check_create(i, r))
        .not_repeatable(),
        operation(
            "retrieve_or_create_linkage_key",
            Linkage,
            "Asks for the linkage key of a patient, and has one made when there is none.",
            linkage::COMPOSED,
            |p, i, r: linkage::RetrieveOrCreateLinkageKey| async move {
                p.linkage.retrieve_or_create_linkage_key(&i, r).await
            },
        )
        .checked_by(|p, i, r: linkage::RetrieveOrCreateLinkageKey| p.linkage.check_create(i, r.into())),
        operation(
            "revoke_linkage_key",
            Linkage,
            "Revokes a patient's linkage key in our own register; it never becomes valid again.",
            linkage::REVOKED,
            |p, i, r: linkage::RevokeLinkageKey| async move { p.linkage.revoke_linkage_key(&i, r).await },
        ),
        operation(
            "set_linkage_access",
            Linkage,
            "Blocks or unblocks a patient or an organisation in our own register.",
            linkage::ACCESS,
            |p, i, r: linkage::SetLinkageAccess| async move { p.linkage.set_linkage_access(&i, r).await },
        ),
        operation(
            "check_linkage_key",
            Linkage,
            "Checks an account id and linkage key that somebody presents against our own register.",
            linkage::CHECKED,
            |p, i, r: linkage::CheckLinkageKey| async move { p.linkage.check_linkage_key(&i, r).await },
        ),
        operation(
            "import_register",
            Linkage,
            "Imports organisations, patients, accounts and linkage keys from a file into our own register.",
            linkage::IMPORTED,
            |p, i, r: linkage::ImportRegister| async move { p.linkage.import_register(&i, r).await },
        )
        .not_for_rows(),
        operation(
            "export_register",
            Linkage,
            "Writes our own register to a file, sealed under a passphrase or without its linkage keys.",
            linkage::EXPORTED,
            |p, i, r: linkage::ExportRegister| async move { p.linkage.export_register(&i, r).await },
        )
        .not_for_rows(),
    ]
}
