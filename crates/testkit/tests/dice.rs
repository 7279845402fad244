//! The sequences that seeds stand for, which somebody may have written down.

use zizhi_testkit::dice::Dice;

#[test]
fn the_sequence_is_that_of_splitmix64() {
    let dice = Dice::new(0);
    let known = [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f];
    assert_eq!([dice.roll(), dice.roll(), dice.roll()], known, "as others have it");
    let dice = Dice::of(7, 3);
    let known = [0x4079_58e4_78d8_e3c6, 0x549a_c7d0_9501_2894, 0x0068_f5e8_3a9d_4850];
    assert_eq!(
        [dice.roll(), dice.roll(), dice.roll()],
        known,
        "and everybody in a history has one of their own"
    );
}

#[test]
fn whatever_is_thrown_takes_the_numbers_that_it_always_took() {
    let dice = Dice::new(7);
    let thrown = (dice.below(100), dice.place(100), dice.one_of(&[0, 1, 2, 3, 4, 5]), dice.percent(3));
    assert_eq!(thrown, (87, 4, 0, false), "one number each, the remainder of it");
    assert_eq!(Dice::new(9).bytes(), [100, 98, 182], "a byte of each number");
    assert_eq!(
        Dice::new(9).rubbish(10),
        [100, 96, 112, 190, 254, 82, 175, 174, 98, 234],
        "and all eight of each"
    );
}
