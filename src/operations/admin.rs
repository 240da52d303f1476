//! The catalogue's entries of the library's own affairs.

use super::System::Admin;
use super::{OK, Operation, operation};
use crate::admin::model as admin;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        operation(
            "put_profile",
            Admin,
            "Adds or changes a provider and its credentials, which are sealed.",
            OK,
            |p, i, r: admin::PutProfile| async move { p.admin.put_profile(&i, r).await },
        ),
        operation(
            "list_profiles",
            Admin,
            "Lists the providers, without their secrets.",
            OK,
            |p, _, r: admin::ListProfiles| async move { p.admin.list_profiles(r).await },
        ),
        operation(
            "remove_profile",
            Admin,
            "Removes a provider and its credentials.",
            OK,
            |p, i, r: admin::RemoveProfile| async move { p.admin.remove_profile(&i, r).await },
        ),
        operation("query_audit", Admin, "Reads the audit trail.", OK, |p, i, r: admin::QueryAudit| async move {
            p.admin.query_audit(&i, r).await
        }),
        operation(
            "verify_audit",
            Admin,
            "Checks that the audit trail is complete and unaltered.",
            admin::VERIFIED,
            |p, i, r: admin::VerifyAudit| async move { p.admin.verify_audit(&i, r).await },
        ),
        operation(
            "purge",
            Admin,
            "Removes what is older than its retention.",
            OK,
            |p, _, r: admin::Purge| async move { p.admin.purge(r).await },
        )
        .not_for_rows(),
        operation(
            "rotate_key",
            Admin,
            "Seals everything anew under a new key.",
            OK,
            |p, i, r: admin::RotateKey| async move { p.admin.rotate_key(&i, r).await },
        )
        .not_for_rows(),
        operation(
            "start_listener",
            Admin,
            "Starts to serve the interfaces that the configuration's `listener` section describes.",
            admin::LISTENER_STARTED,
            |p, _, r: admin::StartListener| async move { p.admin.start_listener(&p, r).await },
        )
        .not_for_rows(),
        operation(
            "stop_listener",
            Admin,
            "Stops to serve, letting requests under way end.",
            admin::LISTENER_STOPPED,
            |p, _, r: admin::StopListener| async move { p.admin.stop_listener(&p, r).await },
        )
        .not_for_rows(),
        operation(
            "health",
            Admin,
            "Tells whether the plugin can work.",
            admin::HEALTH,
            |p, _, r: admin::Health| async move { p.admin.health(&p, r).await },
        )
        .unaudited()
        .at_once(|p, r: &admin::Health| p.admin.health_at_once(p, r)),
    ]
}
