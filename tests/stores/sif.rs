//! The rules of the Privacy Rules Service.

use learnerlink::store::SifStudent;

use crate::stand::{Stand, at, on_both};

on_both! {
    rules_are_replaced_as_a_whole_and_numbered
}

async fn rules_are_replaced_as_a_whole_and_numbered(stand: Stand) {
    let rules = &stand.store.sif_rules;
    assert_eq!((rules.version().await.unwrap(), rules.rules().await.unwrap()), (None, None));
    assert!(rules.students("t1").await.unwrap().is_empty());
    let student = |tag: &str, byte| SifStudent { tag: tag.into(), sealed: vec![byte] };
    // More than one statement takes, and in their order.
    let many = (0..1200).map(|number| student("t1", (number % 251) as u8)).chain([student("t2", 7)]).collect();
    rules.replace(vec![1], many, at(0)).await.unwrap();
    assert_eq!(rules.rules().await.unwrap(), Some((1, vec![1])));
    let found = rules.students("t1").await.unwrap();
    assert_eq!(found, (0..1200).map(|number| vec![(number % 251) as u8]).collect::<Vec<_>>());
    rules.replace(vec![2], vec![student("t1", 9)], at(1)).await.unwrap();
    assert_eq!(rules.version().await.unwrap(), Some(2));
    assert_eq!(rules.rules().await.unwrap(), Some((2, vec![2])));
    assert_eq!(rules.students("t1").await.unwrap(), [[9]]);
    assert!(rules.students("t2").await.unwrap().is_empty());
    let other = stand.another().await;
    let (one, two) = tokio::join!(
        rules.replace(vec![3], vec![student("t3", 3)], at(2)),
        other.sif_rules.replace(vec![4], vec![student("t4", 4)], at(2))
    );
    one.unwrap();
    two.unwrap();
    let (version, last) = rules.rules().await.unwrap().unwrap();
    assert_eq!(version, 4);
    let left = (rules.students("t3").await.unwrap().len(), rules.students("t4").await.unwrap().len());
    assert_eq!(left, if last == [3] { (1, 0) } else { (0, 1) }, "students are those of the rules");
}
