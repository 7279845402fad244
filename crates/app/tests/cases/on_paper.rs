//! A picture of a printed page leads to the case that it was printed for, and to no other.

use std::path::{Path, PathBuf};
use std::process::Command;

use image::{GrayImage, ImageFormat, Luma};
use zizhi_app::Output;
use zizhi_app::case_documents::{Document, Paper, save_document};
use zizhi_app::case_on_paper::case_on_paper;
use zizhi_app::print_report::{Lang, fonts};
use zizhi_store::{Case, Database, Role};

use crate::world::{Dossier, World};

/// A picture of each page of a document, as poppler paints it.
fn pictures(
    world: &World,
    database: &Database,
    case: &Case,
    document: Document,
    how: &[&str],
) -> Vec<PathBuf> {
    let fonts = fonts(None).unwrap();
    let paper = Paper { case_id: &case.id, nth: None, language: Lang::Zh, fonts: &fonts, drill: false };
    let folder = world.folder.path().join(format!("{document:?} {how:?}"));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("paper.pdf");
    save_document(database, &paper, document, &Output { path: &path, force: false }).unwrap();
    let painted = Command::new("pdftoppm").args(how).arg(&path).arg(folder.join("page")).status().unwrap();
    assert!(painted.success());
    std::fs::remove_file(path).unwrap();
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

fn found(database: &Database, picture: &Path) -> Result<String, &'static str> {
    case_on_paper(database, picture).map(|case| case.number).map_err(|failure| failure.code)
}

fn two_cases(world: &World, database: &Database) -> (Case, Case) {
    let one = |name, idx| world.receive(database, name, &Dossier { idx, ..Dossier::default() });
    (one("a.zzdossier", 1), one("b.zzdossier", 2))
}

#[test]
fn the_code_of_a_report_and_of_a_receipt_leads_to_the_case() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let (first, second) = two_cases(&world, &database);
    let elsewhere = world.database("other", Role::Incubator);
    for (case, document, how) in [
        (&first, Document::Report, ["-r", "200", "-png"]),
        (&second, Document::Report, ["-r", "150", "-jpeg"]),
        (&second, Document::Receipt, ["-r", "300", "-png"]),
    ] {
        let pages = pictures(&world, &database, case, document, &how);
        let last = pages.last().unwrap();
        assert_eq!(found(&database, last), Ok(case.number.clone()), "{document:?} {how:?}");
        assert_eq!(found(&elsewhere, last), Err("PICTURE-NO-CASE"), "ours, and of no case there");
    }
}

#[test]
fn a_photo_that_is_turned_and_uneven_is_read() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let (case, _) = two_cases(&world, &database);
    let pages = pictures(&world, &database, &case, Document::Receipt, &["-r", "220", "-png"]);
    let page = image::open(pages.last().unwrap()).unwrap().into_luma8();
    // Turned by ten degrees on a darker desk, with a shadow from one side.
    let (sin, cos) = 10_f32.to_radians().sin_cos();
    let (width, height) = (page.width() as f32, page.height() as f32);
    let photo = GrayImage::from_fn(page.width() + 400, page.height() + 400, |x, y| {
        let (dx, dy) = (x as f32 - 200.0 - width / 2.0, y as f32 - 200.0 - height / 2.0);
        let (px, py) = (dx * cos + dy * sin + width / 2.0, dy * cos - dx * sin + height / 2.0);
        let inside = px >= 0.0 && py >= 0.0 && px < width && py < height;
        let seen = if inside { page.get_pixel(px as u32, py as u32).0[0] } else { 90 };
        let light = 0.6 + 0.4 * x as f32 / (width + 400.0);
        Luma([(f32::from(seen) * light) as u8])
    });
    let path = world.folder.path().join("photo.jpg");
    photo.save_with_format(&path, ImageFormat::Jpeg).unwrap();
    assert_eq!(found(&database, &path), Ok(case.number));
}

/// A code of anybody's, four points to the module.
fn code(text: &str) -> GrayImage {
    let code = fast_qr::QRBuilder::new(text).build().unwrap();
    let side = u32::try_from(code.size).unwrap() + 8;
    GrayImage::from_fn(side * 4, side * 4, |x, y| {
        let at = |place: u32| usize::try_from(place / 4).unwrap().checked_sub(4).filter(|at| *at < code.size);
        let dark = at(x).zip(at(y)).is_some_and(|(x, y)| code[y].get(x).is_some_and(|module| module.value()));
        Luma([if dark { 0 } else { 255 }])
    })
}

#[test]
fn what_leads_nowhere_is_refused_each_with_its_reason() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let (case, _) = two_cases(&world, &database);
    let picture = |name: &str, image: &GrayImage| {
        let path = world.folder.path().join(name);
        image.save_with_format(&path, ImageFormat::Png).unwrap();
        path
    };
    let blank = picture("blank.png", &GrayImage::from_pixel(600, 800, Luma([255])));
    assert_eq!(found(&database, &blank), Err("PICTURE-NO-CODE"));
    let grain =
        GrayImage::from_fn(300, 300, |x, y| Luma([(x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)) as u8]));
    assert_eq!(found(&database, &picture("grain.png", &grain)), Err("PICTURE-NO-CODE"));
    let sha256 = zizhi_crypto::digest::hex(&case.original);
    for (text, expected) in [
        ("https://example.com/".to_owned(), "PICTURE-OTHER-CODE"),
        (format!("SHA-256 {sha256}"), "PICTURE-OTHER-CODE"),
        (format!("收件回执\n编号 {}\nSHA-256 {}", case.number, "0".repeat(64)), "PICTURE-NO-CASE"),
        (format!("收件回执\n编号 {}\nSHA-256 {}", case.number, "0".repeat(63)), "PICTURE-OTHER-CODE"),
    ] {
        assert_eq!(found(&database, &picture("code.png", &code(&text))), Err(expected), "{text}");
    }
    let ours = format!("收件回执\n编号 收〔2026〕9999\nSHA-256 {sha256}");
    let ours = picture("ours.png", &code(&ours));
    assert_eq!(found(&database, &ours), Ok(case.number), "the digest counts, and no number");

    let whole = std::fs::read(&ours).unwrap();
    let cut = world.write("cut.png", &whole[..whole.len() / 2]);
    assert_eq!(found(&database, &cut), Err("PICTURE-UNREADABLE"));
    assert_eq!(found(&database, &world.write("a.png", b"this is no picture")), Err("PICTURE-UNREADABLE"));
    let gif = world.write("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;");
    assert_eq!(found(&database, &gif), Err("PICTURE-UNREADABLE"), "only the two kinds");
    assert_eq!(found(&database, &world.folder.path().join("absent.png")), Err("IO-READ"));
}

#[test]
fn a_code_that_is_damaged_anywhere_never_stops_the_program() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let whole = code("https://example.com/a-code-that-is-none-of-ours");
    let path = world.folder.path().join("damaged.png");
    let mut dice = 7_u32;
    let mut next = |below: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 8) % below
    };
    for _ in 0..300 {
        let mut damaged = whole.clone();
        for _ in 0..next(6) {
            let (left, top, shade) = (next(whole.width()), next(whole.height()), next(2) * 255);
            let (right, bottom) = (left + 1 + next(60), top + 1 + next(60));
            for (x, y) in (left..right.min(whole.width()))
                .flat_map(|x| (top..bottom.min(whole.height())).map(move |y| (x, y)))
            {
                damaged.put_pixel(x, y, Luma([shade as u8]));
            }
        }
        damaged.save_with_format(&path, ImageFormat::Png).unwrap();
        let answer = found(&database, &path);
        assert!(matches!(answer, Err("PICTURE-NO-CODE" | "PICTURE-OTHER-CODE")), "{answer:?}");
    }
}

#[test]
fn a_picture_that_claims_to_be_huge_is_not_unpacked() {
    let mut world = World::fresh();
    world.publish(1);
    let database = world.database("db", Role::Incubator);
    let path = world.folder.path().join("huge.jpg");
    code("x").save_with_format(&path, ImageFormat::Jpeg).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    // The frame header: marker, length, precision, then height and width.
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    assert_eq!(found(&database, &world.write("huge.jpg", &bytes)), Err("PICTURE-LARGE"));
    let mut long = bytes;
    long.resize(33 * 1024 * 1024, 0);
    assert_eq!(found(&database, &world.write("long.jpg", &long)), Err("PICTURE-LARGE"));
}
