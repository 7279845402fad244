//! Two hubs, three desks, and TLS on every line, by an authority that no machine knows.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use serde_json::Value;
use zizhi_app::create_database::Role;

use crate::place::on_networks_of_their_own;
use crate::voucher_world::{FUND, Vouchers};
use crate::world::{HEFEI, Hub, Office, Tls};

/// Gives each hub a certificate of one authority, and has each know the other by it.
pub fn of_an_authority(zhejiang: &mut Hub, shanghai: &mut Hub) {
    let (ca_key, mut params) = (KeyPair::generate().unwrap(), CertificateParams::new(Vec::new()).unwrap());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "长三角政务 CA【演示】");
    let ca = params.self_signed(&ca_key).unwrap().pem();
    let issuer = Issuer::new(params, ca_key);
    for hub in [zhejiang, shanghai] {
        let key = KeyPair::generate().unwrap();
        let (address, _) = hub.listen.rsplit_once(':').unwrap();
        let of_hub = CertificateParams::new(vec![address.to_owned()]).unwrap();
        let certificate = of_hub.signed_by(&key, &issuer).unwrap().pem();
        let folder = hub.data.parent().unwrap().to_owned();
        let write = |what: &str, text: &str| -> PathBuf {
            let path = folder.join(format!("{}-{what}.pem", hub.id));
            std::fs::write(&path, text).unwrap();
            path
        };
        let authority = write("authority", &ca);
        hub.tls = Some(Tls {
            certificate: write("certificate", &certificate),
            key: write("key", &key.serialize_pem()),
            peers: Some(authority.clone()),
            authority,
        });
        hub.url = hub.url.replace("http://", "https://");
    }
}

/// The settlements that the fund knows of, once there are so many; or as many as there are in the end.
fn settlements(world: &Vouchers, wanted: usize) -> Vec<Value> {
    for _ in 0..40 {
        world.fund.sync();
        let listed = world.fund.json(&["voucher", "settlements"], 0);
        let listed = listed.as_array().unwrap().clone();
        if listed.len() >= wanted {
            return listed;
        }
        sleep(Duration::from_millis(250));
    }
    Vec::new()
}

#[test]
fn a_voucher_is_redeemed_and_asked_for_across_two_hubs_over_tls_and_a_hub_that_nobody_vouches_for_gets_nothing()
 {
    let mut world = Vouchers::over_tls();
    let number = world.voucher(3_000_000);
    // The ledger is another province's; the desk knows it by the authority that it joined with.
    world.show(&world.platform, &number);
    world.redeem(&world.platform, &number, "5000", &[], 0);
    world.platform.json(&["voucher", "settle", FUND], 0);
    assert_eq!(world.platform.sync()["sent"], 1, "its own hub has it");
    let came = settlements(&world, 1);
    assert_eq!(came.len(), 1, "and passed it on to the fund's: {came:?}");
    assert_eq!(came[0]["state"], "waiting", "{came:?}");

    // Without the authority the hub believes no other hub: what is for it waits, and the operator reads why.
    world.redeem(&world.platform, &number, "1000", &[], 0);
    world.platform.json(&["voucher", "settle", FUND], 0);
    world.shanghai.kill();
    world.shanghai.tls.as_mut().unwrap().peers = None;
    world.shanghai.go_on();
    assert_eq!(world.platform.sync()["sent"], 1, "desks go on");
    let silent = (0..40).any(|_| {
        sleep(Duration::from_millis(250));
        world.shanghai.talk(&["peer", "list"]).contains("PEER-SILENT")
            || world.shanghai.run(&["peer", "list"]).contains("PEER-SILENT")
    });
    assert!(silent, "the operator reads that the line does not stand");
    world.fund.sync();
    let listed = world.fund.json(&["voucher", "settlements"], 0);
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "nothing went over: {listed}");

    // A desk that is not told of the authority joins nothing.
    let (name, role) = ("合肥国家大学科技园【演示】", Role::Incubator);
    let late = Office::open(world.folder.path().join("late"), HEFEI, name, role, "340104");
    let invited = world.invitation(&world.shanghai, HEFEI, "incubator");
    late.refused(&["sync", "join", &invited, "--hub", &world.shanghai.url], "HUB-ISSUER");
    late.ends(&world.shanghai.named(&["sync", "join", &invited]), 0);
}

#[test]
fn hubs_and_desks_work_together_each_on_a_network_of_its_own() {
    let journey = "tls::a_voucher_is_redeemed_and_asked_for_across_two_hubs_over_tls_and_a_hub_that_nobody_vouches_for_gets_nothing";
    if on_networks_of_their_own(journey) {
        println!("two hubs and five desks had a network each");
    } else {
        println!("this machine lets a test make no network: the journey ran on its own lines alone");
    }
}
