//! Profiles and their credentials.

use learnerlink::Status;
use learnerlink::store::{Profile, SealedCredential};

use crate::stand::{Stand, at, on_both};

on_both! {
    a_profile_is_added_changed_listed_found_and_removed
    a_ukprn_and_a_name_that_is_one_stand_for_one_profile
    a_client_id_belongs_to_one_profile_and_what_is_refused_changes_nothing
    of_many_who_claim_a_client_id_at_once_one_gets_it
}

fn profile(name: &str, ukprn: Option<&str>) -> Profile {
    Profile {
        name: name.into(),
        ukprn: ukprn.map(str::to_owned),
        display_name: "Hoge School".into(),
        updated_at: at(5),
        systems: Vec::new(),
    }
}

fn credential(system: &'static str, tag: &str) -> SealedCredential {
    SealedCredential { system, tag: tag.into(), sealed: vec![0, 255, 1] }
}

async fn a_profile_is_added_changed_listed_found_and_removed(stand: Stand) {
    let profiles = &stand.store.profiles;
    profiles
        .put(profile("b", Some("10000002")), vec![credential("vera", "t1"), credential("lrs", "t1")])
        .await
        .unwrap();
    profiles.put(profile("a", None), vec![]).await.unwrap();
    profiles.put(profile("Ä", None), vec![]).await.unwrap();
    let listed = profiles.list().await.unwrap();
    assert_eq!(listed.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["a", "b", "Ä"]);
    assert_eq!(listed[1].systems, ["lrs", "vera"]);
    assert_eq!(listed[0], profile("a", None));
    let found = profiles.credential("10000002", "vera").await.unwrap();
    assert_eq!(found, Some(("b".into(), vec![0, 255, 1])));
    assert_eq!(profiles.credential("b", "vera").await.unwrap(), found);
    assert_eq!(profiles.credential("b", "sif").await.unwrap(), None);
    assert_eq!(profiles.of_tag("t1", "lrs").await.unwrap().as_deref(), Some("b"));
    assert_eq!(profiles.of_tag("t1", "sif").await.unwrap(), None);
    let changed = SealedCredential { sealed: vec![9], ..credential("vera", "t2") };
    profiles.put(Profile { display_name: "Neu".into(), ..profile("b", None) }, vec![changed]).await.unwrap();
    assert_eq!(profiles.credential("b", "vera").await.unwrap(), Some(("b".into(), vec![9])));
    assert_eq!(profiles.credential("10000002", "vera").await.unwrap(), None, "the UKPRN was taken off");
    assert_eq!(profiles.of_tag("t1", "vera").await.unwrap(), None);
    assert_eq!(profiles.list().await.unwrap()[1].display_name, "Neu");
    assert!(profiles.remove("b").await.unwrap());
    assert!(!profiles.remove("b").await.unwrap());
    assert_eq!(profiles.of_tag("t1", "lrs").await.unwrap(), None, "credentials go with their profile");
}

async fn a_ukprn_and_a_name_that_is_one_stand_for_one_profile(stand: Stand) {
    let profiles = &stand.store.profiles;
    profiles.put(profile("a", Some("10000001")), vec![]).await.unwrap();
    profiles.put(profile("10000002", None), vec![]).await.unwrap();
    for refused in [profile("b", Some("10000001")), profile("10000001", None), profile("b", Some("10000002"))] {
        let error = profiles.put(refused, vec![]).await.unwrap_err();
        assert_eq!(error.status(), Status::Conflict, "{error}");
    }
    profiles.put(profile("a", Some("10000001")), vec![]).await.unwrap();
    assert_eq!(profiles.list().await.unwrap().len(), 2);
}

async fn a_client_id_belongs_to_one_profile_and_what_is_refused_changes_nothing(stand: Stand) {
    let profiles = &stand.store.profiles;
    profiles.put(profile("a", None), vec![credential("vera", "t")]).await.unwrap();
    let both = vec![credential("lrs", "new"), credential("vera", "t")];
    let error = profiles.put(profile("b", None), both).await.unwrap_err();
    assert_eq!(error.status(), Status::DuplicateClientId, "{error}");
    assert_eq!(profiles.list().await.unwrap().len(), 1);
    assert_eq!(profiles.of_tag("new", "lrs").await.unwrap(), None);
    profiles.put(profile("b", None), vec![credential("lrs", "t")]).await.unwrap();
}

async fn of_many_who_claim_a_client_id_at_once_one_gets_it(stand: Stand) {
    let stores = [stand.store.clone(), stand.another().await];
    let callers: Vec<_> = (0..16)
        .map(|caller| {
            let store = stores[caller % 2].clone();
            let claimed = profile(&format!("p{caller}"), None);
            tokio::spawn(async move { store.profiles.put(claimed, vec![credential("vera", "t")]).await })
        })
        .collect();
    let mut owners = 0;
    for caller in callers {
        match caller.await.unwrap() {
            Ok(()) => owners += 1,
            Err(error) => assert_eq!(error.status(), Status::DuplicateClientId, "{error}"),
        }
    }
    assert_eq!(owners, 1);
    assert_eq!(stand.store.profiles.list().await.unwrap().len(), 1);
}
