import type { Answers } from "../fakeHost";

export function answers(): Answers {
  return {
    "session.about": () => ({
      software: "zizhi 0.1.0",
      statements: [
        {
          zh: "核验结论依据所提交的档案和核验时手头的信任数据、吊销名单、规则包作出；不构成行政认定，不替代证照原件。",
          en: "A verdict rests on the dossier and on the data at hand; it is no administrative determination and replaces no original.",
        },
        {
          zh: "本软件签发的凭证和出具的报告不是电子营业执照或其他电子证照，打印件留有盖章处，不绘制印章。",
          en: "What this program issues and prints is no electronic licence; prints leave room for a seal and none is drawn.",
        },
      ],
      licences: [
        { licence: "Apache-2.0", components: ["antd", "tauri", "typst"] },
        { licence: "MIT", components: ["react", "rusqlite"] },
      ],
      data_folder: "C:\\Users\\Public\\资质通",
    }),
  };
}
