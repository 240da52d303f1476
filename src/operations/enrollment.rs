//! The catalogue's entries of student-mobility enrolment.

use super::System::Enrollment;
use super::{Operation, operation};
use crate::enrollment::model as enrollment;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        operation(
            "start_enrollment",
            Enrollment,
            "Handles a start that the host's own web server received, and says what to answer the receiver.",
            enrollment::STARTED,
            |p, i, r: enrollment::StartEnrollment| async move { Ok(p.enrollments.start_enrollment(i, r).await) },
        )
        .not_repeatable()
        // It enters itself, so that its answer is there also when that fails.
        .unaudited(),
        operation(
            "list_enrollments",
            Enrollment,
            "Lists enrolments, hands out those to be decided, and waits for new ones.",
            enrollment::LISTED,
            |p, _, r: enrollment::ListEnrollments| async move { p.enrollments.list_enrollments(r).await },
        )
        .not_repeatable()
        .unaudited(),
        operation(
            "decide_enrollment",
            Enrollment,
            "Decides about an application.",
            enrollment::DECIDED,
            |p, i, r: enrollment::DecideEnrollment| async move { p.enrollments.decide_enrollment(&i, r).await },
        )
        .not_repeatable(),
        operation(
            "create_association",
            Enrollment,
            "Tries to create the association of an enrolment at the home institution now.",
            enrollment::CREATED,
            |p, i, r: enrollment::CreateAssociation| async move { p.enrollments.create_association(&i, r).await },
        )
        .not_repeatable(),
        operation(
            "update_association",
            Enrollment,
            "Changes the host's state of an enrolment and tells the home institution.",
            enrollment::UPDATED,
            |p, i, r: enrollment::UpdateAssociation| async move { p.enrollments.update_association(&i, r).await },
        )
        .not_repeatable(),
        operation(
            "get_association",
            Enrollment,
            "Asks the home institution how it stands with an association.",
            enrollment::ASKED,
            |p, i, r: enrollment::GetAssociation| async move { p.enrollments.get_association(&i, r).await },
        ),
        operation(
            "get_person",
            Enrollment,
            "Asks the home institution whether a student is still actively enrolled there.",
            enrollment::PERSON,
            |p, i, r: enrollment::GetPerson| async move { p.enrollments.get_person(&i, r).await },
        ),
        operation(
            "send_results",
            Enrollment,
            "Sends a student's result to the home institution.",
            enrollment::SENT,
            |p, i, r: enrollment::SendResults| async move { p.enrollments.send_results(&i, r).await },
        )
        .not_repeatable(),
        operation(
            "flush_outbox",
            Enrollment,
            "Sends to home institutions what is due, or everything.",
            enrollment::FLUSHED,
            |p, i, r: enrollment::FlushOutbox| async move { p.enrollments.flush_outbox(&i, r).await },
        ),
        operation(
            "resolve_delivery",
            Enrollment,
            "Says what to do with something that could not be delivered and needs somebody to look at it.",
            enrollment::RESOLVED,
            |p, i, r: enrollment::ResolveDelivery| async move { p.enrollments.resolve_delivery(&i, r).await },
        )
        .not_repeatable(),
    ]
}
