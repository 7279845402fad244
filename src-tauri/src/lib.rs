//! The desktop host: one window, one command that hands the wire's commands to the desk, one event that carries what the
//! desk tells, and two commands that copy a secret and take it out of the clipboard again.
//!
//! Nothing here judges a dossier, opens a socket or reads a clock; that is the use case's. The window holds no secret
//! and gets no access to files: it names a path that the person dropped or chose, and the program reads it.

#![forbid(unsafe_code)]

mod arguments;
#[cfg(target_os = "linux")]
mod away;
mod clipboard;
mod closing;
mod keychain;
mod menu;
mod place;
mod rpc;
mod window;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use tauri::{App, Emitter as _, Manager as _, RunEvent};
use zizhi_app::SystemHost;
use zizhi_desk::Desk;
use zizhi_wire::commands::SessionCommands as _;
use zizhi_wire::{StartDrill, Story};

use arguments::{Arguments, Asked};
use keychain::SystemKeychain;

/// Opens the window and returns when it is closed.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::read(std::env::args_os().skip(1));
    if let Some(asked) = arguments.asked {
        return answer(asked);
    }
    let shown = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if cfg!(target_os = "linux") && !shown {
        complain(
            "没有图形界面，窗口打不开；命令行程序是 zizhi / there is no display for the window; the command line is zizhi",
        );
        return ExitCode::from(70);
    }
    let built = tauri::Builder::default()
        // First of the plugins: a second start hands its files over and ends before anything else begins.
        .plugin(tauri_plugin_single_instance::init(|app, words, folder| {
            rpc::open_again(app, Arguments::of_second_start(words, folder.as_ref()));
            window::show(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .menu(menu::build)
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .on_window_event(closing::heed)
        .invoke_handler(tauri::generate_handler![rpc::rpc, clipboard::copy_secret, clipboard::clear_secret])
        .setup(move |app| start(app, arguments).map_err(Into::into))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                // Behind this event the process ends, whatever still works in it.
                if matches!(event, RunEvent::Exit) {
                    app.state::<Arc<Desk>>().end();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&format!("the window cannot be shown\n  cause: {error}"));
            ExitCode::from(70)
        }
    }
}

/// What is told without a window: help and the version, on machines without a screen too.
fn answer(asked: Asked) -> ExitCode {
    let version = env!("CARGO_PKG_VERSION");
    let text = match asked {
        Asked::Version => format!("zizhitong {version}"),
        Asked::Help => format!(
            "资质通 {version}：窗口程序 / the window\n\n用法 / Usage: zizhitong [--data DIR] [--drill firm|incubator [--story STORY]] [FILE…|LINK]\n\n  FILE                     要核验的档案，或信任数据、请求、凭证、决定 / a dossier to verify, or another file of ours\n  LINK                     x-dossier://case/收件编号，先问后打开 / a case by its number; the window asks before it opens it\n  --data DIR               数据文件夹 / the folder of the data\n  --drill firm|incubator   演练模式，用样例数据 / practise with sample data\n  --story STORY            演练哪个故事 / which story: branch_operation 异地经营, full_relocation 整体迁移, voucher_redemption 创新券\n\n命令行程序是 zizhi / the command line is zizhi"
        ),
    };
    // A reader that has gone away is no fault.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
    ExitCode::SUCCESS
}

fn start(app: &mut App, arguments: Arguments) -> tauri::Result<()> {
    let place = place::of(app, arguments.data.clone())?;
    let window = app.handle().clone();
    let events = Arc::new(move |event| {
        if menu::concerns(&event) {
            menu::follow(&window);
        }
        // An event that no window hears is no loss: the window asks for the state when it starts.
        drop(window.emit(rpc::EVENT, event));
    });
    let desk = Desk::new(place, Arc::new(SystemHost), events).with_keychain(Arc::new(SystemKeychain));
    if let Some(role) = arguments.drill
        && let Err(refusal) =
            desk.session_drill(StartDrill { role, story: arguments.story.unwrap_or(Story::BranchOperation) })
    {
        complain(&refusal.fact.zh);
    }
    // A page that was opened for something asks for it, and hears of everything else with it.
    let bare = arguments.files.is_empty() && arguments.linked.is_none();
    let begun = if bare { desk.begun() } else { None };
    rpc::offer(&desk, arguments);
    let desk = Arc::new(desk);
    app.manage(Arc::clone(&desk));
    app.manage(closing::Closing::default());
    // Beside the window: the system may ask the person first, or not answer at all.
    let remembering = Arc::clone(&desk);
    thread::spawn(move || remembering.open_remembered());
    menu::follow(app.handle());
    window::open(app, begun.as_ref())?;
    // Behind the window, which waits for no bus.
    #[cfg(target_os = "linux")]
    away::begin(move || {
        if let Err(refusal) = desk.lock_when_away() {
            complain(&refusal.fact.zh);
        }
    });
    Ok(())
}

#[expect(clippy::print_stderr, reason = "what a start was told on the command line is answered there")]
fn complain(what: &str) {
    eprintln!("error: {what}");
}

/// Says in the log of the desktop what nobody at the window has to know.
#[cfg(target_os = "linux")]
#[expect(clippy::print_stderr, reason = "what a program of a desktop says there ends up in its log")]
fn remark(what: &str) {
    eprintln!("note: {what}");
}
