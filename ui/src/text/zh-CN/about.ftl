# 关于

about-statements = 说明与不承诺的事项
about-this-machine = 本机
about-version = 版本
about-copy-version = 复制版本
about-folder = 数据文件夹
about-licences = 开源许可
about-licences-hint = 本软件使用了下列开源组件，按许可分列。
about-components = { $count } 个组件
