//! Where secrets come from, passed in so that tests and demo worlds can repeat themselves.

use ring::rand::SecureRandom as _;

/// A source of random bytes.
pub trait Random {
    /// Fills `bytes`. A real source is unpredictable; a fake one is for tests and demonstrations.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The operating system's source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::panic, reason = "without randomness no key is secret; there is nothing to go on with")]
    fn fill(&mut self, bytes: &mut [u8]) {
        if ring::rand::SystemRandom::new().fill(bytes).is_err() {
            panic!("the operating system gives no random bytes");
        }
    }
}
