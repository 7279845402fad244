//! Nothing forged is accepted: a million inputs of forgers, of every kind that somebody signs or seals. `ZIZHI_ROUNDS` sets
//! how many there are, 20 000 if it does not, and `ZIZHI_SEED` which. The control: who does not look at signatures believes
//! thousands of them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod kinds;
mod mutate;
#[path = "../cases/world.rs"]
#[expect(dead_code, reason = "the world of the cases, of which a part is enough here")]
mod world;

use zizhi_testkit::dice::Dice;

fn of_the_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

#[test]
fn nothing_forged_is_believed_and_who_looks_at_no_signature_believes_a_lot() {
    let (rounds, seed) = (of_the_environment("ZIZHI_ROUNDS", 20_000), of_the_environment("ZIZHI_SEED", 1));
    let kinds = kinds::all();
    assert_eq!(kinds.iter().map(|kind| kind.share).sum::<u64>(), 1000, "the shares are all of a thousand");
    let mut inputs = 0;
    for (number, kind) in kinds.iter().enumerate() {
        for sample in &kind.samples {
            let sound = (kind.believe)(sample);
            assert!(sound != Some(false), "{}: a sample says what was signed", kind.name);
        }
        assert!(
            kind.samples.is_empty() || kind.samples.iter().any(|sample| (kind.believe)(sample) == Some(true)),
            "{}: sound ones are believed",
            kind.name
        );
        let dice = Dice::of(seed, number as u64);
        let (mut forged, mut harmless, mut careless) = (0_u64, 0_u64, 0_u64);
        while forged < rounds * kind.share / 1000 {
            let input = (kind.forge)(&dice);
            if kind.samples.contains(&input) {
                continue;
            }
            forged += 1;
            match (kind.believe)(&input) {
                None => {}
                // Another spelling of what was signed, such as a claim that its holder keeps back.
                Some(true) => harmless += 1,
                Some(false) => panic!(
                    "{}: forgery {forged} of seed {seed} was believed: {}",
                    kind.name,
                    String::from_utf8_lossy(&input)
                ),
            }
            let believed = kind.careless.as_ref().is_some_and(|careless| careless(&input) == Some(false));
            careless += u64::from(believed);
        }
        inputs += forged;
        let control = kind
            .careless
            .as_ref()
            .map_or_else(String::new, |_| format!("; without signatures {careless} would be"));
        println!("{}: {forged} forged, none believed, {harmless} say what was signed{control}", kind.name);
        assert!(kind.careless.is_none() || careless > 0, "{}: the forger knows the format", kind.name);
    }
    println!("{inputs} inputs");
    assert!(inputs * 100 >= rounds * 99, "{inputs} of {rounds}");
}
