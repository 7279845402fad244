# 核验

verify-menu = 核验
verify-drop = 把资质档案拖到这里
verify-drop-hint = 扩展名 .zzdossier，加密或未加密均可。也可以双击文件打开。
verify-choose = 选择档案…
verify-another = 核验另一份…
verify-verifying = 正在核验…
verify-again = 重新核验
verify-open = 打开档案
