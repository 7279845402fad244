//! A desktop that was away for a week: how often its round asks until everything is here.

use zizhi_model::OrgId;
use zizhi_sync::invitation::Role;
use zizhi_sync::round::{Action, Answer, Ask, AskBody, Page, Round, Start};
use zizhi_sync::{Digest, Id};

use crate::mail::message;
use crate::world::{self, Party, World, limits, new_id, world};

/// What a week brings.
const MESSAGES: usize = 200;
/// A decision or a notice, sealed: one of the size class of 8 KiB.
const BYTES: usize = 8 * 1024 + 600;

/// What a round asked for, and what it brought.
#[derive(Default)]
struct Asked {
    /// `POST /v1/sync`.
    mail: usize,
    /// `GET /v1/organisations/…`.
    senders: usize,
    /// Whose device lists came.
    found: Vec<OrgId>,
    arrived: Vec<(Id, Digest)>,
}

/// Plays a whole round of a desktop that looks these senders up.
async fn round(world: &World, party: &Party, cursor: u64, senders: &[OrgId]) -> Asked {
    let mut asked = Asked::default();
    let mut round = Round::new(Start {
        own: party.org,
        hub_keys: world.data.key.public().clone().into(),
        epoch: 1,
        cursor,
        acks: Vec::new(),
        public: None,
        refused: false,
        clock_offset: 0,
        limits: limits(),
    });
    loop {
        match round.step() {
            Action::Ask(ask) => {
                match ask.path.as_str() {
                    "/v1/sync" => asked.mail += 1,
                    path if path.starts_with("/v1/organisations/") => asked.senders += 1,
                    path => unreachable!("{path} has no part in it"),
                }
                round.answer(carry(world, party, ask).await, world::NOW);
            }
            Action::Store(Page { arrived, .. }) => {
                let ids = arrived.iter().map(|it| it.item.id).collect();
                for it in arrived {
                    let bytes = it.bytes.expect("small ones come with the page");
                    asked.arrived.push((it.item.id, Digest::of(&bytes)));
                }
                round.stored(ids);
            }
            Action::Outbox => round.send(Vec::new()),
            Action::Senders => round.look_up(senders.to_vec()),
            Action::Found(found) => asked.found.push(found.organisation),
            Action::End(end) => {
                assert_eq!(end.cause, None, "it went through");
                return asked;
            }
            other => unreachable!("nothing is sent and nothing comes in pieces: {other:?}"),
        }
    }
}

async fn carry(world: &World, party: &Party, ask: Ask) -> Answer {
    let body = match ask.body {
        AskBody::Bytes(bytes) => bytes,
        AskBody::Empty => Vec::new(),
        AskBody::Piece { .. } => unreachable!("nothing is sent"),
    };
    let ask = world::Ask { method: ask.method, path: ask.path, fields: ask.fields, body };
    let answer = world.from(party, ask).await;
    Answer { status: answer.status.as_u16(), retry_after: None, body: answer.bytes.to_vec() }
}

#[tokio::test]
async fn a_week_of_two_hundred_messages_comes_in_three_requests() {
    let world = world();
    let incubator = world.joined(1, Role::Incubator).await;
    let mut firms = Vec::new();
    for n in 2..6 {
        firms.push(world.joined(n, Role::Firm).await);
    }
    let mut sent = Vec::new();
    for n in 0..MESSAGES {
        let (id, mut body) = (new_id(), vec![0; BYTES]);
        body[..8].copy_from_slice(&n.to_be_bytes());
        sent.push((id, Digest::of(&body)));
        let firm = &firms[n % firms.len()];
        world.from(firm, message(id, incubator.org, &body)).await.is(201);
    }
    let mut senders: Vec<OrgId> = firms.iter().map(|firm| firm.org).collect();
    senders.push(incubator.org);
    let asked = round(&world, &incubator, 0, &senders).await;
    assert_eq!(asked.arrived, sent, "all of them, in the order of the mailbox");
    // Two full pages, and the question that tells that the second one is stored.
    assert!((1..=3).contains(&asked.mail), "the mail takes one to three requests, not {}", asked.mail);
    assert_eq!(asked.found, senders, "with the mail come the device lists of those who sent it");
    assert_eq!(asked.senders, 1, "and only who sent nothing is looked up");
    let end = u64::try_from(MESSAGES).expect("few");
    let next = round(&world, &incubator, end, &[]).await;
    assert_eq!((next.mail, next.senders, next.arrived.len()), (1, 0, 0), "the next round is one question");
}
