//! 从图片中的二维码打开: a photo or a scan of a printed report, receipt or notice leads back to its case.
//!
//! The code on paper (docs of [`zizhi_report`]) holds a digest: of the report, or on a receipt of the dossier. Only
//! that digest is looked for. A number beside it may be another incubator's as well, so that it proves nothing.

use std::cmp::Ordering;
use std::io::Cursor;
use std::path::Path;

use image::{GrayImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Luma, imageops};
use zizhi_dossier::Digest;
use zizhi_model::Text;
use zizhi_store::{Case, Database};

use crate::failure::{Failure, told};
use crate::files;

/// Bytes of the largest file: a scan at 600 points to the inch has ten million.
const LARGEST_FILE: u64 = 32 * 1024 * 1024;
/// Points of the largest picture, so that it takes no more than 200 MB. A page at 600 points to the inch has 35 million.
const MOST_POINTS: u64 = 50_000_000;
/// Bytes of a picture as it is unpacked.
const MOST_BYTES: u64 = 200_000_000;
/// The sides to which a picture is made smaller before it is read. Codes are found soonest in a small picture, and the
/// grain of a photo goes; small print needs the larger one.
const SIDES: [u32; 3] = [1600, 3200, 6400];
/// The side up to which a picture in which nothing was read is made twice as large: a page at 200 points to the inch.
const DOUBLED: u32 = 2400;

/// The case that the code in a picture belongs to.
///
/// # Errors
/// `IO-READ`; `PICTURE-LARGE`, `PICTURE-UNREADABLE` if it is no PNG or JPEG or damaged, `PICTURE-NO-CODE`,
/// `PICTURE-OTHER-CODE` if the code is none of this program's, `PICTURE-NO-CASE` if no case here has it; as every read
/// of the database.
pub fn case_on_paper(database: &Database, path: &Path) -> Result<Case, Failure> {
    let bytes = files::read_up_to(path, LARGEST_FILE + 1)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(large(path));
    }
    let texts = codes(&decoded(&bytes, path)?);
    if texts.is_empty() {
        return Err(no_code(path));
    }
    let digests: Vec<Digest> = texts.iter().filter_map(|text| digest_in(text)).collect();
    if digests.is_empty() {
        return Err(other_code(path));
    }
    let reader = database.reader()?;
    for Digest(sha256) in digests {
        let cases = reader.cases_of_report(&sha256)?.into_iter().chain(reader.cases_of_original(&sha256)?);
        if let Some(case) = cases.into_iter().next() {
            return Ok(case);
        }
    }
    Err(no_case(path))
}

/// The picture in shades of grey.
fn decoded(bytes: &[u8], path: &Path) -> Result<GrayImage, Failure> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        _ => return Err(unreadable(path)),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let because = |error: ImageError| match error {
        ImageError::Limits(_) => large(path),
        error => unreadable(path).because(error),
    };
    let decoder = reader.into_decoder().map_err(because)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_POINTS || decoder.total_bytes() > MOST_BYTES {
        return Err(large(path));
    }
    let picture = image::DynamicImage::from_decoder(decoder).map_err(because)?;
    Ok(picture.into_luma8())
}

/// What the codes in a picture hold. The first size at which one of this program is read is enough; beside it may be
/// larger ones by others.
fn codes(picture: &GrayImage) -> Vec<String> {
    let longest = picture.width().max(picture.height());
    let mut sides = SIDES.map(|side| side.min(longest)).to_vec();
    // In a scan at 150 points to the inch a module is two points wide, too few to tell its edges.
    if longest <= DOUBLED {
        sides.push(longest * 2);
    }
    sides.dedup();
    let mut all = Vec::new();
    for side in sides {
        all.extend(match side.cmp(&longest) {
            Ordering::Less => read(&smaller(picture, side)),
            Ordering::Equal => read(picture),
            Ordering::Greater => read(&doubled(picture)),
        });
        if all.iter().any(|text| digest_in(text).is_some()) {
            break;
        }
    }
    all
}

/// A picture of twice the size, with the points in between as the mean of those around them.
fn doubled(picture: &GrayImage) -> GrayImage {
    let (right, bottom) = (picture.width().saturating_sub(1), picture.height().saturating_sub(1));
    let point = |x: u32, y: u32| u16::from(picture.get_pixel(x.min(right), y.min(bottom)).0[0]);
    GrayImage::from_fn(picture.width() * 2, picture.height() * 2, |x, y| {
        let (left, top, next, below) = (x / 2, y / 2, x.div_ceil(2), y.div_ceil(2));
        let sum = point(left, top) + point(next, top) + point(left, below) + point(next, below);
        Luma([u8::try_from(sum / 4).unwrap_or(u8::MAX)])
    })
}

fn smaller(picture: &GrayImage, side: u32) -> GrayImage {
    let longest = u64::from(picture.width().max(picture.height()));
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(side) / longest;
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    let (width, height) = (scaled(picture.width()), scaled(picture.height()));
    // Whole points are averaged, with no picture in between, which would take sixteen times the memory.
    imageops::thumbnail(picture, width, height)
}

fn read(picture: &GrayImage) -> Vec<String> {
    let (Ok(width), Ok(height)) = (usize::try_from(picture.width()), usize::try_from(picture.height()))
    else {
        return Vec::new();
    };
    let grey = picture.as_raw();
    let point = |x: usize, y: usize| grey.get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, point);
    let grids = prepared.detect_grids();
    grids.iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

/// The digest that a code of this program holds: a title, a number, and in the last line what it is the digest of.
fn digest_in(text: &str) -> Option<Digest> {
    let lines: Vec<&str> = text.lines().collect();
    let [_, number, .., last] = lines.as_slice() else { return None };
    if !(number.starts_with("编号 ") || number.starts_with("No. ")) {
        return None;
    }
    let (_, hex) = last.split_once("SHA-256 ")?;
    if hex.len() == 64 { Digest::parse(hex) } else { None }
}

fn large(path: &Path) -> Failure {
    Failure::input(
        "PICTURE-LARGE",
        told(
            format!("图片 {} 太大，没有读取。", files::file_name(path)),
            format!("the picture {} is too large and was not read", files::file_name(path)),
        ),
        Text::fixed(
            "请裁剪到二维码附近，或把图片缩小到五千万像素、32 MiB 以内再试。",
            "cut it down to the code, or make it smaller than 50 million points and 32 MiB",
        ),
    )
}

fn unreadable(path: &Path) -> Failure {
    Failure::input(
        "PICTURE-UNREADABLE",
        told(
            format!("{} 不是 PNG 或 JPEG 图片，或已损坏，没有打开任何办件。", files::file_name(path)),
            format!("{} is no PNG or JPEG, or is damaged; no case was opened", files::file_name(path)),
        ),
        Text::fixed(
            "请重新拍照或扫描，存为 PNG 或 JPEG 后再试。",
            "take the photo or the scan again and save it as PNG or JPEG",
        ),
    )
}

fn no_code(path: &Path) -> Failure {
    Failure::input(
        "PICTURE-NO-CODE",
        told(
            format!("图片 {} 中没有读出二维码，没有打开任何办件。", files::file_name(path)),
            format!("no code could be read in {}; no case was opened", files::file_name(path)),
        ),
        Text::fixed(
            "请把纸放平、光线均匀，让二维码占画面宽度的五分之一以上，再拍一张。",
            "lay the paper flat in even light, let the code take a fifth of the width or more, and try again",
        ),
    )
}

fn other_code(path: &Path) -> Failure {
    Failure::input(
        "PICTURE-OTHER-CODE",
        told(
            format!("图片 {} 中的二维码不是本软件文书上的，没有打开任何办件。", files::file_name(path)),
            format!(
                "the code in {} is not one of this program’s documents; no case was opened",
                files::file_name(path)
            ),
        ),
        Text::fixed(
            "请拍核验报告、收件回执或通知末页的二维码。",
            "take a picture of the code at the end of a report, a receipt or a notice",
        ),
    )
}

fn no_case(path: &Path) -> Failure {
    Failure::input(
        "PICTURE-NO-CASE",
        told(
            format!("图片 {} 中的二维码不属于本机的任何办件，没有打开。", files::file_name(path)),
            format!("the code in {} belongs to no case here; nothing was opened", files::file_name(path)),
        ),
        Text::fixed(
            "可能是另一家孵化器的文书，或没有收件就打印的核验报告；请按文书上的机构和编号核对。",
            "it may be another incubator’s document, or a report on a dossier that was never taken in; compare the organisation and the number on it",
        ),
    )
}
